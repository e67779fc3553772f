// SPDX-License-Identifier: AGPL-3.0-or-later
// A store with events, and their verbs that wait.
#pragma once

#include <algorithm>

#include "store_fixture.h"

namespace candour::storage::test {

inline constexpr Day arrived(100);
inline constexpr std::int32_t lasts_days = 300;
inline constexpr std::int32_t spread_days = 40;
inline const std::vector<std::string> two{"ada", "bo"};

// The size of an event for four.
inline Bytes body_of(std::uint64_t n) { return blob(22'700, n); }
inline EventId event_of(std::uint64_t n) { return event_id(body_of(n)); }

inline std::vector<EventId> events_of(std::initializer_list<std::uint64_t> numbers) {
  std::vector<EventId> events;
  for (const auto n : numbers) events.push_back(event_of(n));
  return events;
}

inline std::vector<EventId> sorted(std::vector<EventId> events) {
  std::ranges::sort(events);
  return events;
}

struct EventsFixture : StoreFixture {
  using StoreFixture::StoreFixture;

  Result<EventPut> put(std::uint64_t n, Audience who = audience({"ada", "bo"}), Day today = arrived) {
    return wait<EventPut>([&](auto done) {
      store->put_event({.id = event_of(n), .audience = std::move(who), .sealed = body_of(n)}, today,
                       {today, lasts_days, spread_days}, std::move(done));
    });
  }
  Result<EventPage> list(std::string who, DatedEvent after = {arrived, {}}, std::size_t limit = 1000) {
    return wait<EventPage>(
        [&](auto done) { store->list_events(std::move(who), after, limit, std::move(done)); });
  }
  // Those of one day.
  std::vector<EventId> ids(std::string who, Day day = arrived) {
    std::vector<EventId> found;
    const EventPage page = list(std::move(who), {day, {}}).value();
    for (const DatedEvent& event : page.events)
      if (event.day == day) found.push_back(event.id);
    return found;
  }
  Result<std::vector<Bytes>> read(std::vector<EventId> events, std::string who = "ada") {
    return wait<std::vector<Bytes>>(
        [&](auto done) { store->read_events(std::move(events), std::move(who), std::move(done)); });
  }
  bool is_there(std::uint64_t n, std::string who = "ada") {
    return read({event_of(n)}, std::move(who)) == std::vector<Bytes>{body_of(n)};
  }
  Result<> keep(std::vector<EventId> events, Day today, std::string who = "ada") {
    return wait([&](auto done) {
      store->keep_events(std::move(events), std::move(who), {today, lasts_days, spread_days},
                         std::move(done));
    });
  }
  Result<Obstacle> erase(std::vector<EventId> events, std::vector<std::string> signers = two,
                         std::string who = "ada") {
    return wait<Obstacle>([&](auto done) {
      store->erase_events(std::move(events), std::move(who), std::move(signers), std::move(done));
    });
  }
  Result<std::uint64_t> expire_events(Day today) {
    return wait<std::uint64_t>([&](auto done) { store->expire_events(today, std::move(done)); });
  }
  std::filesystem::path database() const { return directory.path() / "candour.db"; }
};

}  // namespace candour::storage::test
