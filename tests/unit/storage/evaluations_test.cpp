// SPDX-License-Identifier: AGPL-3.0-or-later
// docs/spec/matching.md "Asking", as far as the store goes: a report asks with one batch, holders answer, its companion becomes an event.
#include <algorithm>
#include <atomic>
#include <catch2/generators/catch_generators.hpp>
#include <cmath>
#include <thread>

#include "events_fixture.h"
#include "raw_pages.h"
#include "storage/connection.h"
#include "storage/database_file.h"

using namespace candour;
using namespace candour::storage;
using namespace candour::storage::test;

namespace {

Bytes batch_of(std::uint64_t n) { return blob(limits::blinded_batch_bytes, 70'000 + n); }
Digest hash_of(std::uint64_t n) { return sha256(batch_of(n)); }
// Of one holder, to the nth batch.
Bytes evaluation_of(std::uint64_t n, unsigned number) {
  return blob(limits::evaluation_bytes, 80'000 + 100 * n + number);
}

struct Fixture : EventsFixture {
  using EventsFixture::EventsFixture;

  void arrive(std::uint64_t n, Day day = arrived) {
    REQUIRE(accept(n, blob(2'000, n), audience({"ada", "bo"}), day));
  }
  Result<Bytes> ask(std::uint64_t n, Bytes batch, Day today = arrived) {
    return wait<Bytes>(
        [&](auto done) { store->ask_evaluation(id_of(n), std::move(batch), today, std::move(done)); });
  }
  Result<Bytes> ask(std::uint64_t n, Day today = arrived) { return ask(n, batch_of(n), today); }
  void arrive_and_ask(std::uint64_t n, Day day = arrived) {
    arrive(n, day);
    REQUIRE(ask(n, day) == Bytes{});
  }
  Result<Bytes> answers(std::uint64_t n) {
    return wait<Bytes>([&](auto done) { store->evaluation_answers(id_of(n), std::move(done)); });
  }
  Result<Bytes> waiting(unsigned number) {
    return wait<Bytes>(
        [&](auto done) { store->waiting_batches(static_cast<std::uint8_t>(number), std::move(done)); });
  }
  Result<> answer(std::uint64_t n, unsigned number, Bytes evaluation) {
    return wait([&](auto done) {
      store->answer_batch(hash_of(n), static_cast<std::uint8_t>(number), std::move(evaluation),
                          std::move(done));
    });
  }
  Result<> answer(std::uint64_t n, unsigned number) { return answer(n, number, evaluation_of(n, number)); }
  Result<CompanionPut> send(std::uint64_t n, std::uint64_t event, Audience who = audience({"ada", "bo"}),
                            Day today = arrived) {
    return wait<CompanionPut>([&](auto done) {
      store->put_companion(id_of(n),
                           {.id = event_of(event), .audience = std::move(who), .sealed = body_of(event)},
                           today, {today, lasts_days, spread_days}, std::move(done));
    });
  }
  Result<std::uint64_t> expire_evaluations(Day today) {
    return wait<std::uint64_t>([&](auto done) { store->expire_evaluations(today, std::move(done)); });
  }
  std::int64_t rows(Literal sql) {
    auto db = Connection::open(database(), key_of(1), Connection::Use::read);
    REQUIRE(db);
    return db->number(sql).value();
  }
};

// What the holders of these numbers have answered to the nth batch.
Bytes answers_of(std::uint64_t n, std::initializer_list<unsigned> numbers) {
  Bytes all;
  for (const auto number : numbers) {
    all.push_back(static_cast<std::uint8_t>(number));
    append(all, evaluation_of(n, number));
  }
  return all;
}

Bytes batches_of(const std::vector<std::uint64_t>& numbers) {
  Bytes all;
  for (const auto n : numbers) append(all, batch_of(n));
  return all;
}

}  // namespace

TEST_CASE("a report asks, holders answer in any order, the companion is an event like others") {
  Fixture f;
  const bool day_closed = GENERATE(false, true);
  const bool reopened = GENERATE(false, true);
  const auto settle = [&] {
    if (day_closed) REQUIRE(f.close_day(arrived.plus(1)));
    if (reopened) f.reopen();
  };
  f.arrive_and_ask(1);
  settle();
  CHECK(f.answers(1) == Bytes{});
  for (const unsigned number : {1U, 7U, 16U}) CHECK(f.waiting(number) == batch_of(1));
  CHECK(f.answer(1, 16));
  CHECK(f.answer(1, 7));
  settle();
  CHECK(f.answer(1, 9));
  CHECK(f.answer(1, 1));
  CHECK(f.answer(1, 7));  // the same again
  CHECK(failed_with(f.answer(1, 7, evaluation_of(1, 8)), Errc::conflict));
  CHECK(f.answers(1) == answers_of(1, {1, 7, 9, 16}));
  CHECK(f.ask(1) == answers_of(1, {1, 7, 9, 16}));
  CHECK(f.waiting(7) == Bytes{});
  CHECK(f.waiting(2) == batch_of(1));

  CHECK(f.send(1, 5) == CompanionPut::stored);
  settle();
  CHECK(f.is_there(5, "ada"));
  CHECK(f.is_there(5, "bo"));
  CHECK(f.ids("cy").empty());
  CHECK(f.waiting(2) == Bytes{});
  CHECK(failed_with(f.answer(1, 2), Errc::not_found));
  CHECK(failed_with(f.answer(1, 7), Errc::not_found));
  CHECK(f.answers(1) == Bytes{});
  CHECK(f.ask(1) == Bytes{});
  CHECK(f.send(1, 5) == CompanionPut::already_there);
  CHECK(failed_with(f.send(1, 6), Errc::conflict));
  CHECK(failed_with(f.send(1, 5, audience({"ada"})), Errc::conflict));
  CHECK(failed_with(f.ask(1, batch_of(2)), Errc::conflict));
  CHECK_FALSE(f.is_there(6));
  CHECK(f.ids("ada") == events_of({5}));
  CHECK(f.put(5) == EventPut::prolonged);
}

TEST_CASE("who may ask: a report that is stored, of today or yesterday, with a batch that is no other's") {
  Fixture f;
  f.arrive(1);
  const Day day = GENERATE(arrived, arrived.plus(1), arrived.plus(-3));  // a clock may be behind
  CHECK(f.ask(1, day) == Bytes{});
  CHECK(f.ask(1, arrived.plus(5)) == Bytes{});  // again
  CHECK(failed_with(f.ask(1, batch_of(2), day), Errc::conflict));
  CHECK(failed_with(f.ask(2, day), Errc::not_found));
  REQUIRE(f.begin(3, 2 * part_bytes));
  CHECK(failed_with(f.ask(3, day), Errc::not_found));
  f.arrive(4);
  CHECK(failed_with(f.ask(4, arrived.plus(2)), Errc::not_found));
  CHECK(failed_with(f.ask(4, batch_of(1), day), Errc::conflict));
  CHECK(f.answers(1) == Bytes{});
  for (const std::uint64_t n : {2U, 3U, 4U}) {
    CHECK(failed_with(f.answers(n), Errc::not_found));
    CHECK(failed_with(f.send(n, n), Errc::not_found));
    CHECK_FALSE(f.is_there(n));
    CHECK(failed_with(f.answer(n, 1), Errc::not_found));
  }
  CHECK(f.waiting(1) == batch_of(1));
}

TEST_CASE("what has another length, or a number that none can have, is refused") {
  Fixture f;
  f.arrive_and_ask(1);
  f.arrive(2);
  for (const std::size_t size : {std::size_t{0}, limits::blinded_batch_bytes - 1, limits::evaluation_bytes})
    CHECK(failed_with(f.ask(2, blob(size, 1)), Errc::malformed));
  for (const std::size_t size : {std::size_t{0}, limits::evaluation_bytes - 1, limits::evaluation_bytes + 1})
    CHECK(failed_with(f.answer(1, 1, blob(size, 1)), Errc::malformed));
  for (const unsigned number : {0U, 17U, 64U, 255U}) {
    CHECK(failed_with(f.answer(1, number), Errc::malformed));
    CHECK(failed_with(f.waiting(number), Errc::malformed));
  }
  CHECK(f.answers(1) == Bytes{});
}

TEST_CASE("sixteen at a time wait, earlier days first, and of one day by their reports' ids") {
  Fixture f;
  std::vector<std::pair<ReportId, std::uint64_t>> earlier;
  std::vector<std::pair<ReportId, std::uint64_t>> later;
  for (std::uint64_t n = 0; n < 30; ++n) {
    const bool first = n % 3 == 0;
    f.arrive_and_ask(n, first ? arrived : arrived.plus(1));
    (first ? earlier : later).emplace_back(id_of(n), n);
    if (n == 20) REQUIRE(f.close_day(arrived.plus(1)));
  }
  std::ranges::sort(earlier);
  std::ranges::sort(later);
  std::vector<std::uint64_t> expected;
  for (const auto& part : {earlier, later})
    for (const auto& [id, n] : part) expected.push_back(n);
  const std::vector first_ones(expected.begin(), expected.begin() + 16);
  CHECK(f.waiting(3) == batches_of(first_ones));
  for (const auto n : first_ones) REQUIRE(f.answer(n, 3));
  CHECK(f.waiting(3) == batches_of({expected.begin() + 16, expected.end()}));
  CHECK(f.waiting(4) == batches_of(first_ones));
}

TEST_CASE("sixteen holders answer one batch") {
  Fixture f;
  f.arrive_and_ask(1);
  for (unsigned number = 16; number >= 1; --number) REQUIRE(f.answer(1, number));
  REQUIRE(f.close_day(arrived.plus(1)));
  f.reopen();
  CHECK(f.answers(1) == answers_of(1, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}));
  for (unsigned number = 1; number <= 16; ++number) CHECK(f.waiting(number) == Bytes{});
}

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

TEST_CASE("the very bytes may be there as an event already; for others than before it is refused whole") {
  Fixture f;
  f.arrive_and_ask(1);
  f.arrive_and_ask(2);
  REQUIRE(f.put(1));
  CHECK(failed_with(f.send(2, 1, audience({"ada"})), Errc::conflict));
  CHECK(f.waiting(1)->size() == 2 * limits::blinded_batch_bytes);  // nothing was done
  CHECK(f.send(1, 1) == CompanionPut::already_there);
  CHECK(f.waiting(1) == batch_of(2));
}

TEST_CASE("requests that share a commit see one another") {
  Fixture f;
  f.arrive(1);
  f.arrive(2);
  std::atomic<int> asked = 0;
  std::atomic<int> conflicts = 0;
  std::atomic<int> stored = 0;
  const auto count = [&](const auto& outcome) {
    if (failed_with(outcome, Errc::conflict)) ++conflicts;
  };
  // One batch for two reports, two batches for one report, two answers of one holder, two companions: one of each.
  const auto ask = [&](std::uint64_t n, std::uint64_t batch) {
    f.store->ask_evaluation(id_of(n), batch_of(batch), arrived, [&](Result<Bytes> outcome) {
      if (outcome) ++asked;
      count(outcome);
    });
  };
  ask(1, 1);
  ask(2, 1);
  ask(1, 3);
  for (const unsigned other : {1U, 2U})
    f.store->answer_batch(hash_of(1), 1, evaluation_of(1, other), [&](Result<> outcome) { count(outcome); });
  for (const std::uint64_t n : {1U, 2U, 1U})
    f.store->put_companion(id_of(1), {.id = event_of(n), .audience = audience({"ada"}), .sealed = body_of(n)},
                           arrived, {arrived, lasts_days, spread_days}, [&](Result<CompanionPut> outcome) {
                             if (outcome == CompanionPut::stored) ++stored;
                             count(outcome);
                           });
  CHECK(failed_with(f.answers(99), Errc::not_found));
  CHECK(f.put(50));  // after all of those
  CHECK(asked == 1);
  CHECK(conflicts == 4);
  CHECK(stored == 1);
  CHECK(f.ids("ada") == sorted(events_of({1, 50})));
}

TEST_CASE("on a full store a report does not ask, and nothing is there in half") {
  Options small;
  small.quotas->stored_bytes_max = 4 * part_bytes;
  Fixture f(small);
  f.arrive_and_ask(0);
  f.arrive(1);
  std::uint64_t n = 100;
  while (f.put(n)) REQUIRE(++n < 300);
  CHECK(failed_with(f.send(0, 1), Errc::busy));
  CHECK(f.waiting(1) == batch_of(0));
  f.options.quotas->stored_bytes_max = 0;
  CHECK(failed_with(f.ask(1), Errc::busy));
  CHECK(failed_with(f.answer(0, 1), Errc::busy));
  CHECK(failed_with(f.answers(1), Errc::not_found));
  CHECK(f.waiting(1) == batch_of(0));
  f.options.quotas->stored_bytes_max = 64 * part_bytes;
  CHECK(f.answer(0, 1));
  CHECK(f.send(0, 1) == CompanionPut::stored);
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

TEST_CASE("holders are asked from the index, however many wait for others or for nothing") {
  Fixture f;
  f.store.reset();
  auto db = Connection::open(f.database(), key_of(1), Connection::Use::read);
  REQUIRE(db);
  for (const Literal sql :
       {Literal("EXPLAIN QUERY PLAN SELECT day, id FROM evaluation_arrival WHERE answered IS NOT NULL AND"
                " answered & ?1 = 0 UNION ALL SELECT day, id FROM evaluation_settled WHERE answered IS NOT"
                " NULL AND answered & ?1 = 0 ORDER BY day, id LIMIT ?2"),
        Literal("EXPLAIN QUERY PLAN SELECT id FROM evaluation WHERE hash = ?"),
        Literal("EXPLAIN QUERY PLAN SELECT id FROM evaluation WHERE id = ?")}) {
    auto plan = db->statement(sql);
    std::string text;
    for (auto row = plan.step(); row && *row; row = plan.step()) text += std::string(plan.text(3)) + "\n";
    INFO(text);
    CHECK(text.find("evaluation_arrival") != std::string::npos);
    CHECK(text.find("USE TEMP B-TREE") == std::string::npos);
    const bool of_an_index = text.find("SEARCH") != std::string::npos;
    const bool whole_index =
        text.find("USING COVERING INDEX evaluation_arrival_waiting") != std::string::npos;
    CHECK((of_an_index || whole_index));
  }
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
