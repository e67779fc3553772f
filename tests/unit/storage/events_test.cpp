// SPDX-License-Identifier: AGPL-3.0-or-later
// docs/spec/cases.md "At the server", as far as the store goes; how events end is event_end_test.cpp.
#include <algorithm>
#include <atomic>
#include <catch2/generators/catch_generators.hpp>
#include <cmath>
#include <thread>

#include "events_fixture.h"
#include "protocol/limits.h"
#include "raw_pages.h"
#include "storage/connection.h"
#include "storage/database_file.h"
#include "storage/hot_events.h"

using namespace candour;
using namespace candour::storage;
using namespace candour::storage::test;
using Fixture = EventsFixture;

TEST_CASE("an event: put, listed by its day, read, put again, refused for another audience") {
  Fixture f;
  const bool day_closed = GENERATE(false, true);
  const bool reopened = GENERATE(false, true);
  const auto settle = [&] {
    if (day_closed) REQUIRE(f.close_day(arrived.plus(1)));
    if (reopened) f.reopen();
  };
  CHECK_FALSE(f.is_there(1));
  CHECK(f.put(1) == EventPut::stored);
  settle();
  CHECK(f.is_there(1, "ada"));
  CHECK(f.is_there(1, "bo"));
  CHECK(f.put(1, audience({"ada", "bo"}), arrived.plus(9)) == EventPut::prolonged);
  settle();
  for (const auto& who : {audience({"ada"}), audience({"ada", "bo", "cy"}), audience({"bo", "cy"})})
    CHECK(failed_with(f.put(1, who), Errc::conflict));
  for (const auto* who : {"ada", "bo"}) {
    CHECK(f.ids(who) == events_of({1}));
    CHECK(f.ids(who, arrived.plus(9)).empty());
  }
  CHECK(f.is_there(1));
}

TEST_CASE("no such event and not hers are the same: read, listed, kept or erased") {
  Fixture f;
  const bool day_closed = GENERATE(false, true);
  REQUIRE(f.put(1));
  REQUIRE(f.put(2, audience({"bo", "cy"})));
  REQUIRE(f.put(3, audience({"ada"})));
  if (day_closed) REQUIRE(f.close_day(arrived.plus(1)));
  CHECK(f.read(events_of({3, 2, 99, 1, 3})) ==
        std::vector{body_of(3), Bytes{}, Bytes{}, body_of(1), body_of(3)});
  CHECK(f.read(events_of({1, 99}), "cy") == std::vector{Bytes{}, Bytes{}});
  CHECK(f.ids("ada") == sorted(events_of({1, 3})));
  CHECK(f.ids("cy") == events_of({2}));
  CHECK(f.ids("di").empty());
  CHECK(f.keep(events_of({1, 99}), arrived, "cy"));
  CHECK(f.erase(events_of({1}), two, "cy") == Obstacle::none);
  CHECK(f.erase(events_of({99}), two, "cy") == Obstacle::none);
  CHECK(f.is_there(1));
}

TEST_CASE("events are listed in pages by day and id, from the open day and from closed ones alike") {
  Fixture f;
  std::vector<DatedEvent> hers;
  for (std::uint64_t n = 0; n < 40; ++n) {
    const Day day = n % 5 == 0 ? Day(101) : arrived;
    REQUIRE(f.put(n, n % 4 == 0 ? audience({"bo"}) : audience({"ada", "bo"}), day));
    if (n % 4 != 0) hers.push_back({day, event_of(n)});
    if (n == 25) REQUIRE(f.close_day(Day(101)));
  }
  std::ranges::sort(hers);
  std::vector<DatedEvent> listed;
  for (DatedEvent after{arrived, {}};;) {
    const auto page = f.list("ada", after, 7);
    REQUIRE(page);
    listed.insert(listed.end(), page->events.begin(), page->events.end());
    if (!page->more) break;
    REQUIRE(page->events.size() == 7);
    after = page->events.back();
  }
  CHECK(listed == hers);
  CHECK(f.ids("bo", Day(101)).size() == 8);
}

TEST_CASE("after the close of a day the file no longer shows in which order events came; none is lost") {
  constexpr std::uint64_t events = 300;
  Fixture f;
  for (std::uint64_t n = 0; n < events; ++n) REQUIRE(f.put(n));
  f.reopen();
  const auto correlation = [&] {
    return order_correlation(raw_pages(f.database(), key_of(1)), events,
                             [](std::uint64_t n) { return body_of(n); });
  };
  CHECK(correlation() > 0.9);
  // Closed in the middle of it, everything is there as well.
  f.store->close_day(Day(101), [](Result<>) {});
  f.reopen();
  for (std::uint64_t n = 0; n < events; ++n) CHECK(f.is_there(n));
  REQUIRE(f.close_day(Day(101)));
  CHECK(std::abs(correlation()) < 0.3);
  for (std::uint64_t n = 0; n < events; ++n) CHECK(f.is_there(n));
  CHECK(f.ids("ada").size() == events);
  f.store.reset();
  auto db = Connection::open(f.database(), key_of(1), Connection::Use::read);
  REQUIRE(db);
  CHECK(db->number("SELECT count(*) FROM event_arrival") == 0);
}

TEST_CASE("whoever reads and lists while a day closes misses nothing") {
  Fixture f;
  std::vector<EventId> hers;
  std::vector<Bytes> bodies;
  std::atomic<bool> stop = false;
  std::atomic<std::uint64_t> wrong = 0;
  for (std::uint64_t n = 0; n < limits::events_read_max; ++n) {
    REQUIRE(f.put(n));
    hers.push_back(event_of(n));
    bodies.push_back(body_of(n));
  }
  std::thread reader([&] {
    while (!stop) {
      if (f.read(hers) != bodies) ++wrong;
      if (!std::ranges::includes(f.ids("bo"), sorted(hers))) ++wrong;
    }
  });
  for (std::uint64_t round = 0; round < 20; ++round) {
    for (std::uint64_t n = 0; n < 5; ++n) CHECK(f.put(1000 + round * 5 + n));
    CHECK(f.close_day(Day(101)));
  }
  stop = true;
  reader.join();
  CHECK(wrong == 0);
}

TEST_CASE("bounds: how many a request names, and a store that is full") {
  Options small;
  small.quotas->stored_bytes_max = 4 * part_bytes;
  Fixture f(small);
  CHECK(failed_with(f.read({}), Errc::malformed));
  CHECK(failed_with(f.read(std::vector<EventId>(limits::events_read_max + 1)), Errc::malformed));
  CHECK(failed_with(f.keep({}, arrived), Errc::malformed));
  CHECK(failed_with(f.keep(std::vector<EventId>(limits::events_kept_max + 1), arrived), Errc::malformed));
  CHECK(f.keep(std::vector<EventId>(limits::events_kept_max), arrived));
  CHECK(failed_with(f.erase({}), Errc::malformed));
  CHECK(failed_with(f.erase(std::vector<EventId>(limits::events_erased_max + 1)), Errc::malformed));
  CHECK(failed_with(f.list("ada", {}, 0), Errc::malformed));
  CHECK(failed_with(f.list("ada", {}, 1001), Errc::malformed));
  CHECK(failed_with(f.list("Ada"), Errc::malformed));
  std::uint64_t n = 0;
  while (f.put(n)) REQUIRE(++n < 200);
  CHECK(n > 20);
  CHECK(failed_with(f.put(n), Errc::busy));
  CHECK(f.put(0) == EventPut::prolonged);  // what is there may stay
  // 200,000 of one day take 13 MB.
  static_assert(sizeof(HotEvents::Entry) <= 64);
}

TEST_CASE("a backup, a restored database and one under another key hold every event, and proofs count them") {
  Fixture f;
  REQUIRE(f.put(1));
  REQUIRE(f.close_day(Day(101)));
  REQUIRE(f.put(2));
  TemporaryFolder elsewhere;
  const auto file = elsewhere.path() / "backup.db";
  REQUIRE(wait([&](auto done) { f.store->backup_to(file, key_of(9), std::move(done)); }));
  f.store.reset();
  CHECK(verify_database(file, key_of(9))->events == 2);
  TemporaryFolder restored;
  REQUIRE(restore_database(file, key_of(9), restored.path(), key_of(2)));
  REQUIRE(rekey_database(restored.path(), key_of(2), key_of(3)));
  auto store = Store::open(restored.path(), key_of(3), f.options);
  REQUIRE(store);
  f.store = std::move(*store);
  CHECK(f.ids("bo") == sorted(events_of({1, 2})));
  for (const std::uint64_t n : {1U, 2U}) CHECK(f.is_there(n));
  f.store.reset();
}

TEST_CASE("a store of version 4 keeps what it has, and takes events") {
  Fixture f;
  for (std::uint64_t n = 0; n < 20; ++n) REQUIRE(f.accept(n, blob(2000, n)));
  REQUIRE(f.seen(3, "bo"));
  REQUIRE(f.close_day(Day(101)));
  REQUIRE(f.accept(20, blob(2000, 20)));
  REQUIRE(f.hold(3, true));
  f.store.reset();
  const auto file = f.database();
  {
    auto db = Connection::open(file, key_of(1), Connection::Use::write);
    REQUIRE(db);
    REQUIRE(db->run(
        "DROP TABLE event_arrival; DROP TABLE event_settled; DROP TABLE event_reader;"
        " DROP TABLE event_body; DROP TABLE admitted; DROP VIEW evaluation; DROP TABLE evaluation_arrival;"
        " DROP TABLE evaluation_settled; PRAGMA user_version = 4"));
    REQUIRE(db->checkpoint(Connection::Checkpoint::all_and_truncate));
  }
  CHECK(verify_database(file, key_of(1))->events == 0);
  f.reopen();
  CHECK(f.StoreFixture::list("ada")->reports.size() == 21);
  CHECK(f.StoreFixture::read(7, "ada") == blob(2000, 7));
  CHECK(f.find(3, "bo")->held_by() == std::vector<std::string>{"ada"});
  CHECK(f.put(1) == EventPut::stored);
  CHECK(f.is_there(1));
}
