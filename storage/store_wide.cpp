// SPDX-License-Identifier: AGPL-3.0-or-later
// What concerns the store as a whole: the roster that was accepted last, and whether the file is sound.
#include "storage/store_parts.h"

namespace candour::storage {

Result<> save_roster_in(Transaction& tx, std::uint64_t version, std::string_view note) {
  const auto before = roster_in(tx.db);
  if (before) {
    if (before->version > version)
      return fail(Errc::outdated, "A newer roster was accepted before. Use the latest one.");
    if (before->version == version) {
      if (before->note == note) return {};
      return fail(Errc::conflict,
                  "Another roster of the same version was accepted before. Raise the version.");
    }
  } else if (before.error().code != Errc::not_found) {
    return fail(before);
  }
  auto save = tx.db.statement("INSERT OR REPLACE INTO roster (one, version, note) VALUES (1, ?, ?)");
  return save.bind(static_cast<std::int64_t>(version)).bind(note).run();
}

Result<StoredRoster> roster_in(Connection& db) {
  auto query = db.statement("SELECT version, note FROM roster");
  const auto row = query.step();
  if (!row) return fail(row);
  if (!*row) return fail(Errc::not_found, "No roster has been accepted yet.");
  return StoredRoster{static_cast<std::uint64_t>(query.number(0)), std::string(query.text(1))};
}

Result<> check_integrity_of(Connection& db) {
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

}  // namespace candour::storage
