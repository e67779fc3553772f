// SPDX-License-Identifier: AGPL-3.0-or-later
// Copies the database to another file, under a key of its own, while work goes on. The copy is read through the writer's
// connection: SQLite carries every change made through the same connection into a running backup, so it never starts
// over and holds no snapshot that would let the WAL grow. What was acknowledged before the backup began is in it, and
// some of what came later. Not VACUUM INTO: in SQLCipher 4.6 that writes an unreadable file. Internal to storage/; a task of the writer.
#pragma once

#include <optional>

#include "storage/work.h"

struct sqlite3_backup;

namespace candour::storage {

class Backup final : public Task {
 public:
  Backup(std::filesystem::path file, DatabaseKey key, Done<> done);
  ~Backup() override;

  Result<Progress> step(Connection& db, HotIndex& index) override;
  void complete(const Result<>& outcome) override;

 private:
  Result<> begin(Connection& db);
  Result<> publish();

  std::filesystem::path file_;
  std::filesystem::path partial_;  // until it is whole
  DatabaseKey key_;
  Done<> done_;
  bool made_partial_ = false;
  std::optional<Connection> copy_;
  sqlite3_backup* backup_ = nullptr;
};

}  // namespace candour::storage
