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
      const Day ends(static_cast<std::int32_t>(rows.number(2)));
      drops_.emplace_back(*tag, PlacedDrop{.key = rows.number(0), .ends = ends, .dummy = false});
    }
  }
  std::ranges::sort(drops_, {}, &Entry::first);
  if (std::ranges::adjacent_find(drops_, {}, &Entry::first) != drops_.end()) return std::unexpected(damaged);
  auto dummies = db.statement("SELECT tag FROM dummy");
  for (;;) {
    const auto row = dummies.step();
    if (!row) return fail(row);
    if (!*row) return {};
    const auto tag = tag_in(dummies.bytes(0));
    if (!tag) return fail(tag);
    const auto drop = place_of(*tag);
    if (drop == drops_.end() || drop->first != *tag) return std::unexpected(damaged);
    drop->second.dummy = true;
    dummies_.push_back(*tag);
  }
}

const PlacedDrop* DropTags::find(const DropTag& tag) const {
  const auto found = std::ranges::lower_bound(drops_, tag, {}, &Entry::first);
  return found == drops_.end() || found->first != tag ? nullptr : &found->second;
}

void DropTags::put(const DropTag& tag, const PlacedDrop& drop) {
  remove(tag);
  drops_.insert(place_of(tag), {tag, drop});
  if (drop.dummy) dummies_.push_back(tag);
}

void DropTags::settle(const DropTag& tag) {
  if (find(tag) != nullptr) place_of(tag)->second.key = 0;
}

void DropTags::remove(const DropTag& tag) {
  const auto* drop = find(tag);
  if (drop == nullptr) return;
  if (drop->dummy) std::erase(dummies_, tag);
  drops_.erase(place_of(tag));
}

std::vector<DropTags::Entry>::iterator DropTags::place_of(const DropTag& tag) {
  return std::ranges::lower_bound(drops_, tag, {}, &Entry::first);
}

}  // namespace candour::storage
