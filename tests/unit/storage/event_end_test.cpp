// SPDX-License-Identifier: AGPL-3.0-or-later
// How events end (docs/spec/cases.md "At the server"): by two, or by the calendar unless they are kept.
#include <algorithm>
#include <catch2/generators/catch_generators.hpp>
#include <set>

#include "events_fixture.h"
#include "protocol/limits.h"
#include "raw_pages.h"
#include "storage/connection.h"

using namespace candour;
using namespace candour::storage;
using namespace candour::storage::test;
using Fixture = EventsFixture;

namespace {

bool leaves_a_trace(const Bytes& pages, std::uint64_t n) {
  const auto body = body_of(n);
  for (std::size_t at = 0; at + 64 <= body.size(); at += 1000)
    if (holds(pages, ByteView(body).subspan(at, 64))) return true;
  return holds(pages, ByteView(body).last(64)) || holds(pages, event_of(n).bytes);
}

}  // namespace

TEST_CASE("what two have signed is gone from database and WAL, all of it or nothing; its neighbours stay") {
  Fixture f;
  const bool day_closed = GENERATE(false, true);
  for (const std::uint64_t n : {1U, 2U, 3U, 4U}) REQUIRE(f.put(n));
  REQUIRE(f.put(5, audience({"ada", "cy"})));
  REQUIRE(f.put(6, audience({"bo", "cy"})));
  REQUIRE(f.put(7, audience({"ada"})));
  if (day_closed) REQUIRE(f.close_day(arrived.plus(1)));
  REQUIRE(leaves_a_trace(raw_pages(f.database(), key_of(1)), 1));  // it finds what is there
  for (const auto& signers : {std::vector<std::string>{}, {"ada"}, {"ada", "ada"}, {"ada", "cy"}})
    CHECK(f.erase(events_of({1}), signers) == Obstacle::signers);
  for (const auto& events : {events_of({1, 5}), events_of({5, 1}), events_of({2, 99, 5}), events_of({1, 7})})
    CHECK(f.erase(events) == Obstacle::signers);
  for (const std::uint64_t n : {1U, 2U, 3U, 4U, 5U, 7U}) CHECK(f.is_there(n));

  // One of others alone in the list is as if it were not there, and stays.
  CHECK(f.erase(events_of({1, 6, 2, 99})) == Obstacle::none);
  const auto pages = raw_pages(f.database(), key_of(1));
  for (const std::uint64_t n : {1U, 2U}) {
    CHECK_FALSE(f.is_there(n));
    CHECK_FALSE(leaves_a_trace(pages, n));
  }
  CHECK(f.ids("bo") == sorted(events_of({3, 4, 6})));
  for (const std::uint64_t n : {3U, 4U, 5U, 7U}) CHECK(f.is_there(n));
  CHECK(f.is_there(6, "cy"));
  CHECK(f.erase(events_of({1, 2})) == Obstacle::none);  // the same note again
  CHECK(f.put(1) == EventPut::stored);                  // as if it had never been
}

TEST_CASE("as many as one note may name go at one stroke") {
  Fixture f;
  std::vector<EventId> events;
  for (std::uint64_t n = 0; n < limits::events_erased_max; ++n) {
    REQUIRE(f.put(n));
    events.push_back(event_of(n));
    if (n == 120) REQUIRE(f.close_day(arrived.plus(1)));
  }
  REQUIRE(f.put(1000));
  std::ranges::sort(events);
  CHECK(f.erase(events) == Obstacle::none);
  CHECK(f.ids("bo") == events_of({1000}));
  const auto pages = raw_pages(f.database(), key_of(1));
  for (const std::uint64_t n : {0U, 57U, 120U, 121U, 199U}) CHECK_FALSE(leaves_a_trace(pages, n));
}

TEST_CASE("what a crash left of an erased event in the WAL goes at the next start") {
  Fixture f;
  REQUIRE(f.put(1));
  REQUIRE(f.put(2));
  f.store.reset();
  TemporaryFolder after_crash;
  copy_as_a_crash_leaves_it(f.database(), key_of(1),
                            {"UPDATE event_arrival SET audience = audience WHERE key = 1",
                             "DELETE FROM event_arrival WHERE key = 1"},
                            after_crash.path());
  const auto copy = after_crash.path() / "candour.db";
  REQUIRE(leaves_a_trace(raw_pages(copy, key_of(1)), 1));
  auto store = Store::open(after_crash.path(), key_of(1), f.options);
  REQUIRE(store);
  f.store = std::move(*store);
  REQUIRE(f.drop_unproven());
  CHECK_FALSE(leaves_a_trace(raw_pages(copy, key_of(1)), 1));
  CHECK(f.is_there(2));
  f.store.reset();
}

TEST_CASE("an event lasts as its day was drawn, anew when it is put or kept, and goes by the calendar") {
  Fixture f;
  for (std::uint64_t n = 0; n < 40; ++n) REQUIRE(f.put(n));
  REQUIRE(f.put(50, audience({"bo", "cy"})));
  REQUIRE(f.close_day(Day(101)));
  const auto first = arrived.plus(lasts_days);
  const auto last = first.plus(spread_days);
  REQUIRE(f.put(0, audience({"ada", "bo"}), Day(200)) == EventPut::prolonged);
  REQUIRE(f.keep(events_of({1, 2, 99, 50}), Day(200)));
  CHECK(f.expire_events(last) == 0);  // a clock that jumps takes nothing along
  REQUIRE(f.erase_due(first.plus(-1), first.plus(-1)));
  CHECK(f.expire_events(first.plus(-1)) == 0);
  CHECK(f.expire_events(last.plus(1000)) == 0);
  std::set<std::int32_t> days;
  std::uint64_t gone = 0;
  for (auto day = first; day <= last; day = day.plus(1)) {
    REQUIRE(f.erase_due(day, day));
    const auto now = f.expire_events(day);
    REQUIRE(now);
    if (*now > 0) days.insert(day.days_since_epoch());
    gone += *now;
  }
  CHECK(gone == 38);
  CHECK(days.size() > 5);
  CHECK(f.ids("ada") == sorted(events_of({0, 1, 2})));
  CHECK(f.ids("cy").empty());  // kept by somebody whose it was not
  const auto pages = raw_pages(f.database(), key_of(1));
  CHECK_FALSE(leaves_a_trace(pages, 17));
  const auto kept_until = Day(200).plus(lasts_days + spread_days);
  REQUIRE(f.erase_due(kept_until, kept_until));
  CHECK(f.expire_events(kept_until) == 3);
  CHECK(f.ids("ada").empty());
}

TEST_CASE("what is kept at one stroke does not end on one day") {
  Fixture f;
  std::vector<EventId> events;
  for (std::uint64_t n = 0; n < 30; ++n) {
    REQUIRE(f.put(n));
    events.push_back(event_of(n));
  }
  REQUIRE(f.keep(events, Day(101)));
  REQUIRE(f.close_day(Day(102)));
  REQUIRE(f.keep(events, Day(102)));
  f.store.reset();
  auto db = Connection::open(f.database(), key_of(1), Connection::Use::read);
  REQUIRE(db);
  CHECK(*db->number("SELECT count(DISTINCT ends) FROM event_settled") > 10);
  CHECK(db->number("SELECT count(*) FROM event_settled WHERE length(ends) = 4") == 30);
}

TEST_CASE("an event lasts anew in its place: the file does not tell which was kept first") {
  Fixture f;
  constexpr std::uint64_t events = 150;
  for (std::uint64_t n = 0; n < events; ++n) REQUIRE(f.put(n));
  REQUIRE(f.close_day(Day(101)));
  const auto places = [&] {
    f.reopen();  // empties the WAL into the file
    const auto pages = raw_pages(f.database(), key_of(1));
    std::vector<std::vector<std::size_t>> found;
    for (std::uint64_t n = 0; n < events; ++n) {
      const auto& id = event_of(n).bytes;
      auto& mine = found.emplace_back();
      for (auto at = pages.begin();; ++at) {
        at = std::search(at, pages.end(), id.begin(), id.end());
        if (at == pages.end()) break;
        mine.push_back(static_cast<std::size_t>(at - pages.begin()));
      }
      CHECK(mine.size() >= 4);  // settled, two readers, body
    }
    return found;
  };
  const auto before = places();
  for (std::uint64_t n = 0; n < events; ++n) {
    const auto chosen = n * 37 % events;
    if (chosen % 2 == 0)
      REQUIRE(f.keep(events_of({chosen}), Day(40'000)));
    else
      REQUIRE(f.put(chosen, audience({"ada", "bo"}), Day(40'000)));
  }
  CHECK(places() == before);
}
