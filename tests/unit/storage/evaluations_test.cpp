// SPDX-License-Identifier: AGPL-3.0-or-later
// docs/spec/matching.md "Asking", as far as the store goes: a report asks with one batch, holders answer, its companion becomes an event.
// How all that ends is evaluation_end_test.cpp.
#include <algorithm>
#include <atomic>
#include <catch2/generators/catch_generators.hpp>

#include "evaluations_fixture.h"

using namespace candour;
using namespace candour::storage;
using namespace candour::storage::test;
using Fixture = EvaluationsFixture;

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
