// SPDX-License-Identifier: AGPL-3.0-or-later
// Dummies come and go (docs/spec/drops.md "The index and the check-in"), a few in each commit, so that no report waits for them.
#include <algorithm>
#include <bit>
#include <set>
#include <utility>

#include "protocol/limits.h"
#include "storage/drop_removal.h"
#include "storage/shuffle.h"
#include "storage/store_parts.h"

namespace candour::storage {
namespace {

constexpr std::size_t at_once = 32;

// It shrinks only when an eighth of the smaller one would be free: at the edge it would have to be filled and emptied by turns.
std::size_t index_tags(const DropTags& drops, std::size_t tags_min) {
  const auto least = std::bit_ceil(std::max(drops.real(), tags_min));
  const bool at_the_edge = drops.all().size() > least && drops.real() > least - least / 8;
  return at_the_edge && least < limits::drops_max ? 2 * least : least;
}

}  // namespace

void Store::Parts::pad_drops(Day today, Done<std::vector<DropTag>> done) {
  const auto missing = index.look([&](const HotIndex& hot) {
    const auto wanted = index_tags(hot.drops(), options.drop_index_tags_min);
    return wanted - std::min(wanted, hot.drops().all().size());
  });
  if (missing == 0) return list_drops(std::move(done));
  const auto count = std::min(missing, at_once);
  writer->write<void>(
      {}, count * drop_bytes,
      [this, today, done = std::move(done)](Result<> made) mutable {
        if (!made) return list_drops(std::move(done));
        pad_drops(today, std::move(done));
      },
      [this, count, today](Transaction& tx) { return drops.make_dummies(tx, count, today); });
}

// Every drop that somebody put, and as many dummies as the index wants. The others go first, so that after a crash none is
// listed again that an index was already without.
void Store::Parts::list_drops(Done<std::vector<DropTag>> done) {
  std::vector<DropTag> surplus;
  auto tags = index.look([&](const HotIndex& hot) {
    const auto& all = hot.drops().all();
    const auto wanted = index_tags(hot.drops(), options.drop_index_tags_min);
    surplus = hot.drops().dummies();
    shuffle(surplus);
    surplus.resize(all.size() - std::min(wanted, all.size()));
    const std::set<DropTag> left_out(surplus.begin(), surplus.end());
    std::vector<DropTag> listed;
    for (const auto& [tag, drop] : all)
      if (!left_out.contains(tag)) listed.push_back(tag);
    return listed;
  });
  if (surplus.empty()) return done(std::move(tags));
  writer->submit(std::make_unique<DropRemoval>(
      std::move(surplus), [](const PlacedDrop& drop) { return drop.dummy; },
      [tags = std::move(tags), done = std::move(done)](Result<std::uint64_t> gone) mutable {
        if (!gone) return done(fail(gone));
        done(std::move(tags));
      }));
}

}  // namespace candour::storage
