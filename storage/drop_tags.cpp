// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/drop_tags.h"

#include <algorithm>

namespace candour::storage {
namespace {

constexpr Error damaged{
    Errc::io, "A row of the store is damaged. Stop candourd, run candourd verify, and restore a backup."};

Result<DropTag> tag_in(ByteView bytes) {
  DropTag tag;
  if (bytes.size() != tag.bytes.size()) return std::unexpected(damaged);
  std::ranges::copy(bytes, tag.bytes.begin());
  return tag;
}

}  // namespace

Result<> DropTags::rebuild(Connection& db) {
  // Columns: key, tag, ends.
  for (const Literal sql : {Literal("SELECT key, tag, ends FROM drop_arrival"),
                            Literal("SELECT 0, tag, ends FROM drop_settled")}) {
    auto rows = db.statement(sql);
    for (;;) {
      const auto row = rows.step();
      if (!row) return fail(row);
      if (!*row) break;
      const auto tag = tag_in(rows.bytes(1));
      if (!tag) return fail(tag);
      put(*tag,
          {.key = rows.number(0), .ends = Day(static_cast<std::int32_t>(rows.number(2))), .dummy = false});
    }
  }
  auto dummies = db.statement("SELECT tag FROM dummy");
  for (;;) {
    const auto row = dummies.step();
    if (!row) return fail(row);
    if (!*row) return {};
    const auto tag = tag_in(dummies.bytes(0));
    if (!tag) return fail(tag);
    const auto drop = drops_.find(*tag);
    if (drop == drops_.end()) return std::unexpected(damaged);
    drop->second.dummy = true;
    dummies_.push_back(*tag);
  }
}

const PlacedDrop* DropTags::find(const DropTag& tag) const {
  const auto found = drops_.find(tag);
  return found == drops_.end() ? nullptr : &found->second;
}

void DropTags::put(const DropTag& tag, const PlacedDrop& drop) {
  drops_.insert_or_assign(tag, drop);
  if (drop.dummy) dummies_.push_back(tag);
}

void DropTags::remove(const DropTag& tag) {
  const auto found = drops_.find(tag);
  if (found == drops_.end()) return;
  if (found->second.dummy) std::erase(dummies_, tag);
  drops_.erase(found);
}

}  // namespace candour::storage
