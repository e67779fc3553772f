// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/hot_events.h"

#include <algorithm>

namespace candour::storage {
namespace {

constexpr Error damaged{
    Errc::io, "A row of the store is damaged. Stop candourd, run candourd verify, and restore a backup."};

}  // namespace

Result<> HotEvents::rebuild(Connection& db, const Share& share) {
  auto rows = db.statement("SELECT key, id, audience, day FROM event_arrival");
  for (;;) {
    const auto row = rows.step();
    if (!row) return fail(row);
    if (!*row) break;
    EventId id;
    const auto audience = Audience::parse(rows.text(2));
    if (!audience || rows.bytes(1).size() != id.bytes.size()) return std::unexpected(damaged);
    std::ranges::copy(rows.bytes(1), id.bytes.begin());
    const Day day(static_cast<std::int32_t>(rows.number(3)));
    events_.emplace_back(id, PlacedEvent{.key = rows.number(0), .day = day, .audience = share(*audience)});
  }
  std::ranges::sort(events_, {}, &Entry::first);
  if (std::ranges::adjacent_find(events_, {}, &Entry::first) != events_.end())
    return std::unexpected(damaged);
  return {};
}

const PlacedEvent* HotEvents::find(const EventId& id) const {
  const auto found = place_of(id);
  return found == events_.end() || found->first != id ? nullptr : &found->second;
}

void HotEvents::put(const EventId& id, PlacedEvent event) {
  events_.insert(place_of(id), {id, std::move(event)});
}

// All at once: of a long list each by itself would move half of it.
void HotEvents::remove(std::vector<EventId> ids) {
  std::ranges::sort(ids);
  std::erase_if(events_, [&](const Entry& event) { return std::ranges::binary_search(ids, event.first); });
}

std::vector<HotEvents::Entry>::const_iterator HotEvents::place_of(const EventId& id) const {
  return std::ranges::lower_bound(events_, id, {}, &Entry::first);
}

}  // namespace candour::storage
