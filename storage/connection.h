// SPDX-License-Identifier: AGPL-3.0-or-later
// One SQLCipher connection, opened with a raw key and the settings that every connection of a store shares
// (docs/decisions/0006-storage-settings.md). Keeps its prepared statements. Internal to storage/; one thread at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <unordered_map>

#include "crypto/core/result.h"
#include "crypto/core/secret.h"
#include "storage/statement.h"

struct sqlite3;

namespace candour::storage {

using DatabaseKey = Secret<32>;

class Connection {
 public:
  // Part of the file format: a database cannot be read with others.
  static constexpr std::int64_t page_bytes = 16384;

  // write: first of all, before the WAL is recovered, that must be whole (wal_check.h).
  // copy: the target of a copy, no WAL. examine: nothing is changed, and a WAL is not read.
  enum class Use : std::uint8_t { write, read, copy, examine };
  // not_authentic unless the key opens what is there.
  static Result<Connection> open(const std::filesystem::path& file, const DatabaseKey& key, Use use);

  // `sql` must be a literal: its address names the statement in the cache.
  Statement statement(Literal sql);
  // A writing transaction. A commit that failed leaves frames in the WAL that nobody was told of, and that check_wal could not
  // tell from damaged ones once others stand before them: the next transaction begins only with an empty WAL.
  Result<> begin();
  Result<> commit();
  // For what is not worth keeping: pragmas, the schema. No parameters, no rows.
  Result<> run(Literal sql);
  // True unless a failure made SQLite roll the transaction back by itself.
  bool in_transaction() const;
  Result<std::int64_t> number(Literal sql);  // the one number that `sql` gives

  // Writes the bytes of a row that was inserted with a zeroblob of their size, into the pages themselves. Where they are bound, the
  // library first builds the whole row beside them: for a large one, fresh memory and a copy, a quarter of the writer's time.
  Result<> fill(Literal table, Literal column, std::int64_t row, ByteView bytes);

  // SQLCipher gives the bytes of a page that does not prove authentic as zeros, and fails what asks for the next page. Where the
  // bytes themselves are the answer: asks for one. While the statement that read them is not given back, or in its transaction.
  Result<> prove_what_was_read();
  // The one column of a query's one row, proved; none where the row is not there (any more).
  Result<std::optional<Bytes>> proved_value(Statement& query);

  enum class Checkpoint : std::uint8_t { what_is_possible, all_and_truncate };
  // Copies the WAL into the database file. With all_and_truncate, Errc::busy while a reader is in the way. After a failure the
  // next one copies all of it anew (wal_index.h).
  Result<> checkpoint(Checkpoint how);
  std::uint64_t wal_bytes() const { return *wal_pages_ * static_cast<std::uint64_t>(page_bytes); }

  sqlite3* handle() const { return db_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* db) const;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* stmt) const;
  };
  explicit Connection(sqlite3* db);

  std::unique_ptr<std::uint64_t>
      wal_pages_;  // as of this connection's last commit; the library holds its address
  bool commit_failed_ = false;
  bool copy_failed_ = false;  // and what had been copied is not forgotten yet
  std::unique_ptr<sqlite3, Close> db_;
  std::unordered_map<const char*, std::unique_ptr<sqlite3_stmt, Finalize>> statements_;
};

}  // namespace candour::storage
