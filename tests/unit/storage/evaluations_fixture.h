// SPDX-License-Identifier: AGPL-3.0-or-later
// A store whose reports ask for their evaluation, and the verbs for it that wait.
#pragma once

#include "events_fixture.h"
#include "storage/connection.h"

namespace candour::storage::test {

inline Bytes batch_of(std::uint64_t n) { return blob(limits::blinded_batch_bytes, 70'000 + n); }
inline Digest hash_of(std::uint64_t n) { return sha256(batch_of(n)); }
// Of one holder, to the nth batch.
inline Bytes evaluation_of(std::uint64_t n, unsigned number) {
  return blob(limits::evaluation_bytes, 80'000 + 100 * n + number);
}

struct EvaluationsFixture : EventsFixture {
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
inline Bytes answers_of(std::uint64_t n, std::initializer_list<unsigned> numbers) {
  Bytes all;
  for (const auto number : numbers) {
    all.push_back(static_cast<std::uint8_t>(number));
    append(all, evaluation_of(n, number));
  }
  return all;
}

inline Bytes batches_of(const std::vector<std::uint64_t>& numbers) {
  Bytes all;
  for (const auto n : numbers) append(all, batch_of(n));
  return all;
}

}  // namespace candour::storage::test
