// SPDX-License-Identifier: AGPL-3.0-or-later
// The values of the store's verbs about events (docs/spec/cases.md "At the server"). Ids and audiences are what the server may know;
// bodies are sealed.
#pragma once

#include <compare>
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

// By the day on which it came, then by id, which is no order of arrival.
struct DatedEvent {
  Day day;
  EventId id;
  auto operator<=>(const DatedEvent&) const = default;
};

struct EventPage {
  std::vector<DatedEvent> events;  // ascending
  bool more;
};

}  // namespace candour::storage
