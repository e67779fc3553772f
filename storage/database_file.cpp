// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/database_file.h"

#include <system_error>
#include <utility>

#include "storage/database_copy.h"
#include "storage/private_files.h"
#include "storage/schema.h"

namespace candour::storage {
namespace {

// Reading such a file alone would miss what its WAL holds, and a WAL beside another file than its own would spoil that.
Result<> without_wal(const std::filesystem::path& file) {
  auto wal = file;
  wal += "-wal";
  std::error_code failed;
  if (const auto bytes = std::filesystem::file_size(wal, failed); failed || bytes == 0) return {};
  return fail(Errc::refused,
              "This database is in use, or was not closed in order. Stop the program that uses it; after a "
              "crash, start candourd once and stop it.");
}

Result<Connection> examine(const std::filesystem::path& file, const DatabaseKey& key) {
  std::error_code failed;
  if (!std::filesystem::is_regular_file(file, failed) || failed)
    return fail(Errc::io,
                "There is no such database file, or it cannot be read. Check its path and permissions.");
  if (auto alone = without_wal(file); !alone) return fail(alone);
  return Connection::open(file, key, Connection::Use::examine);
}

Result<DatabaseFacts> facts_of(Connection& db) {
  const auto version = schema_version(db);
  if (!version) return fail(version);
  if (*version == 0)
    return fail(Errc::unsupported, "This file is no Candour database: it is empty. Check its path.");
  const auto reports = db.number("SELECT (SELECT count(*) FROM report) + (SELECT count(*) FROM arrival)");
  if (!reports) return fail(reports);
  const auto uploads = db.number("SELECT count(*) FROM upload");
  if (!uploads) return fail(uploads);
  // A backup of an earlier version has none.
  const auto drops =
      *version < 3
          ? Result<std::int64_t>(0)
          : db.number("SELECT (SELECT count(*) FROM drop_arrival) + (SELECT count(*) FROM drop_settled)");
  if (!drops) return fail(drops);
  const auto events =
      *version < 5
          ? Result<std::int64_t>(0)
          : db.number("SELECT (SELECT count(*) FROM event_arrival) + (SELECT count(*) FROM event_settled)");
  if (!events) return fail(events);
  const auto roster = db.number("SELECT coalesce(max(version), 0) FROM roster");
  if (!roster) return fail(roster);
  const auto pages = db.number("PRAGMA page_count");
  if (!pages) return fail(pages);
  return DatabaseFacts{.version = *version,
                       .bytes = static_cast<std::uint64_t>(*pages * Connection::page_bytes),
                       .reports = static_cast<std::uint64_t>(*reports),
                       .open_uploads = static_cast<std::uint64_t>(*uploads),
                       .drops = static_cast<std::uint64_t>(*drops),
                       .events = static_cast<std::uint64_t>(*events),
                       .roster_version = static_cast<std::uint64_t>(*roster)};
}

Result<> prove(Connection& db) {
  constexpr auto damaged = [] {
    return fail(Errc::io,
                "The database is damaged. Restore a backup; keep the damaged files for whoever helps you.");
  };
  auto pages = db.statement("PRAGMA cipher_integrity_check");  // a row for each bad page
  const auto bad = pages.step();
  if (!bad) return fail(bad);
  if (*bad) return damaged();
  auto structure = db.statement("PRAGMA quick_check(1)");
  const auto row = structure.step();
  if (!row) return fail(row);
  if (!*row || structure.text(0) != "ok") return damaged();
  return {};
}

// Copies, proves the copy, and gives it the name of the directory's database. `from` is gone by then.
Result<DatabaseFacts> copy_into(const std::filesystem::path& directory, Connection from,
                                const DatabaseKey& key) {
  const auto file = directory / database_name;
  const auto partial = directory / new_database_name;
  const auto pages = from.number("PRAGMA page_count");
  if (!pages) return fail(pages);
  std::error_code failed;
  const auto disk = std::filesystem::space(directory, failed);
  if (failed || disk.available < static_cast<std::uint64_t>(*pages * Connection::page_bytes))
    return fail(Errc::io,
                "The copy does not fit on the disk of the data directory. Free as much as the database has.");

  auto copy = DatabaseCopy::begin(from, partial, key);
  if (!copy) return fail(copy);
  for (;;) {
    const auto progress = copy->step();
    if (!progress) return fail(progress);
    if (*progress == DatabaseCopy::Progress::later)
      return fail(Errc::refused, "Another program has this database open. Stop it first.");
    if (*progress == DatabaseCopy::Progress::finished) break;
  }
  if (auto closed = copy->close(); !closed) return fail(closed);
  auto facts = verify_database(partial, key);
  if (!facts) return facts;
  // The old WAL is durably gone before a file that it does not belong to has the name beside it.
  {
    const auto closed = std::move(from);
  }
  if (auto alone = without_wal(file); !alone) return fail(alone);
  if (auto synced = sync_to_disk(directory); !synced) return fail(synced);
  if (auto named = copy->publish(file); !named) return fail(named);
  return facts;
}

}  // namespace

Result<DatabaseFacts> verify_database(const std::filesystem::path& file, const DatabaseKey& key) {
  auto db = examine(file, key);
  if (!db) return fail(db);
  auto facts = facts_of(*db);
  if (!facts) return facts;
  if (auto proved = prove(*db); !proved) return fail(proved);
  return facts;
}

Result<> try_database_key(const std::filesystem::path& file, const DatabaseKey& key) {
  // Not through `examine`: after a crash, too, it must be clear whose key it is.
  const auto db = Connection::open(file, key, Connection::Use::examine);
  if (!db) return fail(db);
  return {};
}

Result<DatabaseFacts> restore_database(const std::filesystem::path& backup, const DatabaseKey& backup_key,
                                       const std::filesystem::path& directory, const DatabaseKey& key) {
  if (auto fine = check_private_directory(directory); !fine) return fail(fine);
  const auto lock = DirectoryLock::take(directory);
  if (!lock) return fail(lock);
  std::error_code failed;
  for (const auto* name : {"candour.db", "candour.db-wal"})
    if (std::filesystem::exists(directory / name, failed) || failed)
      return fail(
          Errc::conflict,
          "The data directory holds a database already. Move candour.db and candour.db-wal away first.");
  remove_database(directory / new_database_name);
  auto from = examine(backup, backup_key);
  if (!from) return fail(from);
  return copy_into(directory, std::move(*from), key);
}

Result<DatabaseFacts> rekey_database(const std::filesystem::path& directory, const DatabaseKey& from,
                                     const DatabaseKey& to) {
  if (auto fine = check_private_directory(directory); !fine) return fail(fine);
  const auto lock = DirectoryLock::take(directory);
  if (!lock) return fail(lock);
  remove_database(directory / new_database_name);
  std::error_code failed;
  if (!std::filesystem::is_regular_file(directory / database_name, failed) || failed)
    return fail(Errc::not_found, "There is no database in the data directory. Check [paths] data.");
  auto old = Connection::open(directory / database_name, from, Connection::Use::write);
  if (!old) return fail(old);
  if (auto emptied = old->checkpoint(Connection::Checkpoint::all_and_truncate); !emptied)
    return fail(emptied);
  return copy_into(directory, std::move(*old), to);
}

}  // namespace candour::storage
