// SPDX-License-Identifier: AGPL-3.0-or-later
// What concerns the store as a whole: the roster that was accepted last.
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
  if (auto proved = db.prove_what_was_read(); !proved) return fail(proved);
  return StoredRoster{static_cast<std::uint64_t>(query.number(0)), std::string(query.text(1))};
}

}  // namespace candour::storage
