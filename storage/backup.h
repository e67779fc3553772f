// SPDX-License-Identifier: AGPL-3.0-or-later
// Copies the database to another file, under a key of its own, while work goes on. The copy is read through the writer's
// connection: SQLite carries every change made through the same connection into a running backup, so it never starts
// over and holds no snapshot that would let the WAL grow. What was acknowledged before the backup began is in it, and
// some of what came later. Internal to storage/; a task of the writer.
#pragma once

#include <optional>

#include "storage/database_copy.h"
#include "storage/work.h"

namespace candour::storage {

class Backup final : public Task {
 public:
  Backup(std::filesystem::path file, DatabaseKey key, Done<> done)
      : file_(std::move(file)), key_(std::move(key)), done_(std::move(done)) {}

  Result<Progress> step(Connection& db, HotIndex& index) override;
  bool gives_way() const override { return true; }  // hours, of a large store
  void complete(const Result<>& outcome) override;

 private:
  Result<> begin(Connection& db);

  std::filesystem::path file_;
  DatabaseKey key_;
  Done<> done_;
  std::optional<DatabaseCopy> copy_;
};

}  // namespace candour::storage
