// SPDX-License-Identifier: AGPL-3.0-or-later
// The events that came since a day was last closed: where their rows are, and who may read them. Those that are settled take no memory.
// A part of the HotIndex: it mirrors committed rows, and its rules about threads hold. Internal to storage/.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "protocol/day.h"
#include "protocol/sealed_event.h"
#include "storage/audience.h"
#include "storage/connection.h"

namespace candour::storage {

struct PlacedEvent {
  std::int64_t key;  // of its row in event_arrival; 0: it is settled
  Day day;           // of its arrival
  std::shared_ptr<const Audience> audience;
};

class HotEvents {
 public:
  using Entry = std::pair<EventId, PlacedEvent>;
  // Keeps one copy of each audience.
  using Share = std::function<std::shared_ptr<const Audience>(const Audience&)>;

  Result<> rebuild(Connection& db, const Share& share);

  const PlacedEvent* find(const EventId& id) const;
  // By id.
  const std::vector<Entry>& all() const { return events_; }

  // For HotIndex::change only.
  void put(const EventId& id, PlacedEvent event);
  void remove(std::vector<EventId> ids);

 private:
  std::vector<Entry>::const_iterator place_of(const EventId& id) const;  // where it is or would be

  // Not a map: the places of its nodes in memory would show in which order events came.
  std::vector<Entry> events_;
};

}  // namespace candour::storage
