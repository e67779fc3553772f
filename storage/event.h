// SPDX-License-Identifier: AGPL-3.0-or-later
// The values of the store's verbs about events (docs/spec/cases.md "At the server"). Ids and audiences are what the server may know;
// bodies are sealed.
#pragma once

#include <cstdint>
#include <vector>

#include "crypto/core/bytes.h"
#include "protocol/day.h"
#include "protocol/sealed_event.h"
#include "storage/audience.h"

namespace candour::storage {

struct NewEvent {
  EventId id;  // event_id() of the bytes
  Audience audience;
  Bytes sealed;
};

// How long an event lasts: from a day on, so many days and a random part of the spread, drawn for each event by itself.
struct Lasting {
  Day from;
  std::int32_t days;
  std::int32_t spread_days;
};

enum class EventPut : std::uint8_t { stored, prolonged };

struct EventPage {
  std::vector<EventId> events;  // ascending, which is no order of arrival
  bool more;
};

}  // namespace candour::storage
