// SPDX-License-Identifier: AGPL-3.0-or-later
// What can be done with a database that no store has open: ask whether a key opens it, prove all of it, restore it from a backup,
// give it another key. Each reads or writes as much as the database is large, and waits for the disk; any thread.
// How an operator's keys and files go together: docs/spec/storage.md "Backup", "Another key".
//
// Errors of all: not_authentic (not this key, or a damaged first page), unsupported (a newer Candour's, or none of
// Candour), io (damaged, unreadable, disk full), refused (in use, or left by a crash and not opened since).
#pragma once

#include <cstdint>
#include <filesystem>

#include "crypto/core/result.h"
#include "storage/store.h"

namespace candour::storage {

struct DatabaseFacts {
  std::int64_t version = 0;  // of the schema
  std::uint64_t bytes = 0;   // of the file
  std::uint64_t reports = 0;
  std::uint64_t open_uploads = 0;
  std::uint64_t drops = 0;  // dummies included
  std::uint64_t events = 0;
  std::uint64_t roster_version = 0;  // 0: none was accepted yet
  bool operator==(const DatabaseFacts&) const = default;
};

// Reads every page and the structure. Changes nothing, not even where it may not write.
Result<DatabaseFacts> verify_database(const std::filesystem::path& file, const DatabaseKey& key);
// Reads the first page alone.
Result<> try_database_key(const std::filesystem::path& file, const DatabaseKey& key);

// Makes the database of `directory` (private, and without one: else conflict) from the backup, under `key`, and proves it.
// Cut short, it leaves no database.
Result<DatabaseFacts> restore_database(const std::filesystem::path& backup, const DatabaseKey& backup_key,
                                       const std::filesystem::path& directory, const DatabaseKey& key);

// Gives the database of `directory` the key `to` in place of `from`: a copy under `to` is written, proved, and takes the
// name at one stroke. Cut short at any moment, it leaves the whole database under exactly one of the two. Needs as much free disk again.
Result<DatabaseFacts> rekey_database(const std::filesystem::path& directory, const DatabaseKey& from,
                                     const DatabaseKey& to);

}  // namespace candour::storage
