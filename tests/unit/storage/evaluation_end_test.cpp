// SPDX-License-Identifier: AGPL-3.0-or-later
// How evaluations end, and what the close of a day, a backup and an older store make of them (docs/spec/storage.md).
#include <atomic>
#include <catch2/generators/catch_generators.hpp>
#include <cmath>
#include <thread>

#include "evaluations_fixture.h"
#include "raw_pages.h"
#include "storage/database_file.h"

using namespace candour;
using namespace candour::storage;
using namespace candour::storage::test;
using Fixture = EvaluationsFixture;

TEST_CASE("eight days after its report's the row goes, by the calendar, and the companion stays") {
  Fixture f;
  f.arrive_and_ask(1);
  f.arrive_and_ask(2, arrived.plus(1));
  REQUIRE(f.send(1, 1));
  f.arrive_and_ask(3);
  const bool day_closed = GENERATE(false, true);
  if (day_closed) REQUIRE(f.close_day(arrived.plus(2)));
  CHECK(f.expire_evaluations(arrived.plus(8)) == 0);  // a clock that jumps takes nothing along
  REQUIRE(f.erase_due(arrived.plus(7), arrived.plus(7)));
  CHECK(f.expire_evaluations(arrived.plus(7)) == 0);
  CHECK(f.send(1, 1) == CompanionPut::already_there);
  REQUIRE(f.erase_due(arrived.plus(8), arrived.plus(8)));
  CHECK(f.expire_evaluations(arrived.plus(8)) == 2);
  for (const std::uint64_t n : {1U, 3U}) {
    CHECK(failed_with(f.answers(n), Errc::not_found));
    CHECK(failed_with(f.ask(n, arrived.plus(8)), Errc::not_found));
  }
  CHECK(f.answers(2) == Bytes{});
  CHECK(f.waiting(1) == batch_of(2));
  CHECK(f.is_there(1));
  f.store.reset();
  CHECK(f.rows("SELECT count(*) FROM evaluation") == 1);
}

TEST_CASE("many of one day go in steps") {
  Fixture f;
  for (std::uint64_t n = 0; n < 300; ++n) f.arrive_and_ask(n);
  f.arrive_and_ask(300, arrived.plus(1));
  REQUIRE(f.close_day(arrived.plus(1)));
  REQUIRE(f.erase_due(arrived.plus(8), arrived.plus(8)));
  CHECK(f.expire_evaluations(arrived.plus(8)) == 300);
  CHECK(f.answers(300) == Bytes{});
}

TEST_CASE("a report that is erased takes its row along, and nobody's else") {
  Fixture f;
  f.arrive_and_ask(1);
  f.arrive_and_ask(2);
  REQUIRE(f.answer(1, 4));
  REQUIRE(f.seen(1, "ada"));
  const bool day_closed = GENERATE(false, true);
  if (day_closed) REQUIRE(f.close_day(arrived.plus(1)));
  REQUIRE(f.StoreFixture::erase(1) == Obstacle::none);
  CHECK(failed_with(f.answers(1), Errc::not_found));
  CHECK(failed_with(f.ask(1), Errc::not_found));
  CHECK(f.waiting(1) == batch_of(2));
  const auto pages = raw_pages(f.database(), key_of(1));
  CHECK_FALSE(holds(pages, batch_of(1)));
  CHECK_FALSE(holds(pages, hash_of(1)));
  CHECK(holds(pages, batch_of(2)));  // it finds what is there
}

TEST_CASE("a companion that two have erased does not come back") {
  Fixture f;
  f.arrive_and_ask(1);
  REQUIRE(f.send(1, 1));
  REQUIRE(f.EventsFixture::erase(events_of({1})) == Obstacle::none);
  CHECK(f.send(1, 1) == CompanionPut::already_there);
  CHECK_FALSE(f.is_there(1));
}

TEST_CASE("after the close of a day no page shows in which order reports asked; none is lost") {
  // As many as share a page; where there are more, the pages are drawn apart as well.
  constexpr std::uint64_t reports = 38;
  double sum = 0;
  for (std::uint64_t round = 0; round < 4; ++round) {
    Fixture f;
    for (std::uint64_t n = 0; n < reports; ++n) f.arrive_and_ask(n);
    f.reopen();
    const auto correlation = [&] {
      return order_correlation(raw_pages(f.database(), key_of(1)), reports, batch_of);
    };
    CHECK(std::abs(correlation()) > 0.9);  // it would be seen
    REQUIRE(f.close_day(arrived.plus(1)));
    sum += correlation();
    // What is answered late stands among what came that day, until the next close.
    for (std::uint64_t n = 0; n < reports; ++n) REQUIRE(f.answer(n, 2));
    CHECK(f.waiting(1)->size() == 16 * limits::blinded_batch_bytes);
    f.store.reset();
    CHECK(f.rows("SELECT count(*) FROM evaluation_settled") == 0);
    f.reopen();
    REQUIRE(f.close_day(arrived.plus(2)));
    sum += correlation();
    for (std::uint64_t n = 0; n < reports; ++n) CHECK(f.answers(n) == answers_of(n, {2}));
    f.store.reset();
    CHECK(f.rows("SELECT count(*) FROM evaluation_arrival") == 0);
  }
  // Eight by chance: the mean stays below this but for one time in a million.
  CHECK(std::abs(sum / 8) < 5 / std::sqrt(8 * (reports - 1)));
}

TEST_CASE("whoever asks while a day closes misses nothing") {
  Fixture f;
  for (std::uint64_t n = 0; n < 10; ++n) f.arrive_and_ask(n);
  std::atomic<bool> stop = false;
  std::atomic<std::uint64_t> wrong = 0;
  std::thread reader([&] {
    while (!stop) {
      for (std::uint64_t n = 0; n < 10; ++n)
        if (!f.answers(n)) ++wrong;
      if (f.waiting(16)->size() != 10 * limits::blinded_batch_bytes) ++wrong;
    }
  });
  for (unsigned number = 1; number < 16; ++number) {
    for (std::uint64_t n = 0; n < 10; ++n) CHECK(f.answer(n, number));
    CHECK(f.close_day(arrived.plus(1)));
  }
  stop = true;
  reader.join();
  CHECK(wrong == 0);
}

TEST_CASE("a backup and a restored database hold evaluations as they are") {
  Fixture f;
  f.arrive_and_ask(1);
  REQUIRE(f.answer(1, 3));
  REQUIRE(f.close_day(arrived.plus(1)));
  f.arrive_and_ask(2, arrived.plus(1));
  TemporaryFolder elsewhere;
  const auto file = elsewhere.path() / "backup.db";
  REQUIRE(wait([&](auto done) { f.store->backup_to(file, key_of(9), std::move(done)); }));
  f.store.reset();
  TemporaryFolder restored;
  REQUIRE(restore_database(file, key_of(9), restored.path(), key_of(1)));
  auto store = Store::open(restored.path(), key_of(1), f.options);
  REQUIRE(store);
  f.store = std::move(*store);
  CHECK(f.answers(1) == answers_of(1, {3}));
  CHECK(f.waiting(3) == batch_of(2));
  f.store.reset();
}

TEST_CASE("a store of version 6 keeps what it has, and its reports ask") {
  Fixture f;
  f.arrive(1);
  REQUIRE(f.put(1));
  REQUIRE(f.close_day(arrived.plus(1)));
  f.arrive(2);
  f.store.reset();
  {
    auto db = Connection::open(f.database(), key_of(1), Connection::Use::write);
    REQUIRE(db);
    REQUIRE(
        db->run("DROP VIEW evaluation; DROP TABLE evaluation_arrival; DROP TABLE evaluation_settled;"
                " PRAGMA user_version = 6"));
    REQUIRE(db->checkpoint(Connection::Checkpoint::all_and_truncate));
  }
  CHECK(verify_database(f.database(), key_of(1))->events == 1);
  f.reopen();
  CHECK(f.is_there(1));
  for (const std::uint64_t n : {1U, 2U}) {
    CHECK(f.StoreFixture::read(n, "ada") == blob(2'000, n));
    CHECK(f.ask(n) == Bytes{});
    CHECK(f.send(n, 10 + n) == CompanionPut::stored);
  }
}
