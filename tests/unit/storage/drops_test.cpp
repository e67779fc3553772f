// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <atomic>
#include <catch2/generators/catch_generators.hpp>
#include <cmath>
#include <semaphore>
#include <set>
#include <thread>

#include "protocol/limits.h"
#include "raw_pages.h"
#include "storage/connection.h"
#include "storage/database_file.h"
#include "store_fixture.h"

using namespace candour;
using namespace candour::storage;
using namespace candour::storage::test;

namespace {

Options few_drops() {
  Options options;
  options.drops_max = 64;
  options.drop_index_tags_min = 16;
  return options;
}

DropTag tag_of(std::uint64_t n) {
  DropTag tag;
  std::copy_n(id_of(n).bytes.begin(), tag.bytes.size(), tag.bytes.begin());
  return tag;
}

Digest verifier_of(std::uint64_t n) { return sha256(as_bytes("verifier " + std::to_string(n))); }

struct Fixture : StoreFixture {
  explicit Fixture(Options chosen = few_drops()) : StoreFixture(std::move(chosen)) {}

  Result<DropPut> put(std::uint64_t n, Bytes body, std::optional<Digest> replaces = {}, Day today = Day(100),
                      DropSource from = DropSource::anonymous) {
    return wait<DropPut>([&](auto done) {
      store->put_drop({.tag = tag_of(n), .verifier = verifier_of(n), .sealed = std::move(body)}, replaces,
                      from, today, std::move(done));
    });
  }
  Result<DropPut> put(std::uint64_t n) { return put(n, blob(drop_bytes, n)); }
  Result<Bytes> get(const DropTag& tag) {
    return wait<Bytes>([&](auto done) { store->read_drop(tag, std::move(done)); });
  }
  Result<Bytes> get(std::uint64_t n) { return get(tag_of(n)); }
  Result<> erase_drop(std::uint64_t n, std::uint64_t whose) {
    return wait([&](auto done) { store->erase_drop(tag_of(n), verifier_of(whose), std::move(done)); });
  }
  std::vector<DropTag> pad(Day today = Day(100)) {
    auto tags = wait<std::vector<DropTag>>([&](auto done) { store->pad_drops(today, std::move(done)); });
    REQUIRE(tags);
    return *tags;
  }
  Result<std::uint64_t> expire_drops(Day today) {
    return wait<std::uint64_t>([&](auto done) { store->expire_drops(today, std::move(done)); });
  }
  std::filesystem::path database() const { return directory.path() / "candour.db"; }
};

bool leaves_a_trace(const Bytes& pages, const Bytes& body) {
  for (std::size_t at = 0; at + 64 <= body.size(); at += 1000)
    if (holds(pages, ByteView(body).subspan(at, 64))) return true;
  return holds(pages, ByteView(body).last(64));
}

}  // namespace

TEST_CASE("a drop: put, read, prolonged, taken, replaced, erased; in the open day and after it") {
  Fixture f;
  const bool day_closed = GENERATE(false, true);
  const bool reopened = GENERATE(false, true);
  const auto settle = [&] {
    if (day_closed) REQUIRE(f.close_day(Day(101)));
    if (reopened) f.reopen();
  };
  CHECK(failed_with(f.get(1), Errc::not_found));
  CHECK(f.put(1) == DropPut::stored);
  settle();
  CHECK(f.get(1) == blob(drop_bytes, 1));
  CHECK(f.put(1) == DropPut::prolonged);
  settle();
  CHECK(failed_with(f.put(1, blob(drop_bytes, 2)), Errc::conflict));
  CHECK(failed_with(f.put(1, blob(drop_bytes, 2), verifier_of(2)), Errc::conflict));
  CHECK(f.get(1) == blob(drop_bytes, 1));
  CHECK(f.put(1, blob(drop_bytes, 2), verifier_of(1)) == DropPut::replaced);
  settle();
  CHECK(f.get(1) == blob(drop_bytes, 2));
  CHECK(failed_with(f.erase_drop(1, 2), Errc::not_found));
  CHECK(failed_with(f.erase_drop(3, 3), Errc::not_found));
  CHECK(f.erase_drop(1, 1));
  settle();
  CHECK(failed_with(f.get(1), Errc::not_found));
  CHECK(f.put(1, blob(drop_bytes, 3), verifier_of(1)) == DropPut::stored);
  CHECK(failed_with(f.put(9, blob(drop_bytes - 1, 9)), Errc::malformed));
}

TEST_CASE(
    "a drop that was erased, replaced or has ended is gone from database and WAL; its neighbours stay") {
  Fixture f;
  for (const std::uint64_t n : {1U, 2U, 3U}) REQUIRE(f.put(n));
  REQUIRE(f.put(4, blob(drop_bytes, 4), {}, Day(1000)));
  const bool day_closed = GENERATE(false, true);
  if (day_closed) REQUIRE(f.close_day(Day(101)));
  REQUIRE(leaves_a_trace(raw_pages(f.database(), key_of(1)), blob(drop_bytes, 1)));  // it finds what is there
  REQUIRE(f.erase_drop(1, 1));
  REQUIRE(f.put(2, blob(drop_bytes, 20), verifier_of(2)) == DropPut::replaced);
  const auto pages = raw_pages(f.database(), key_of(1));
  CHECK_FALSE(leaves_a_trace(pages, blob(drop_bytes, 1)));
  CHECK_FALSE(leaves_a_trace(pages, blob(drop_bytes, 2)));
  CHECK_FALSE(holds(pages, tag_of(1).bytes));
  CHECK_FALSE(holds(pages, verifier_of(1)));
  CHECK(leaves_a_trace(pages, blob(drop_bytes, 3)));

  REQUIRE(f.erase_due(Day(900), Day(900)) == 0);
  CHECK(f.expire_drops(Day(900)) == 2);
  const auto later = raw_pages(f.database(), key_of(1));
  CHECK_FALSE(leaves_a_trace(later, blob(drop_bytes, 3)));
  CHECK_FALSE(leaves_a_trace(later, blob(drop_bytes, 20)));
  CHECK(f.get(4) == blob(drop_bytes, 4));
}

TEST_CASE("what a crash left of an erased drop in the WAL goes at the next start") {
  Fixture f;
  REQUIRE(f.put(1));
  REQUIRE(f.put(2));
  f.store.reset();
  TemporaryFolder after_crash;
  copy_as_a_crash_leaves_it(
      f.database(), key_of(1),
      {"UPDATE drop_arrival SET verifier = verifier WHERE key = 1", "DELETE FROM drop_arrival WHERE key = 1"},
      after_crash.path());
  const auto copy = after_crash.path() / "candour.db";
  REQUIRE(leaves_a_trace(raw_pages(copy, key_of(1)), blob(drop_bytes, 1)));
  auto store = Store::open(after_crash.path(), key_of(1), f.options);
  REQUIRE(store);
  REQUIRE(wait<std::uint64_t>([&](auto done) { (*store)->drop_unproven_uploads(std::move(done)); }));
  CHECK_FALSE(leaves_a_trace(raw_pages(copy, key_of(1)), blob(drop_bytes, 1)));
  CHECK(leaves_a_trace(raw_pages(copy, key_of(1)), blob(drop_bytes, 2)));
  CHECK(wait<Bytes>([&](auto done) { (*store)->read_drop(tag_of(2), std::move(done)); }) ==
        blob(drop_bytes, 2));
}

TEST_CASE(
    "a drop lasts 24 months, give or take 60 days, anew each time that it is put, and by the calendar") {
  Fixture f;
  const auto first = Day(100).plus(limits::drop_days - limits::drop_spread_days);
  const auto last = Day(100).plus(limits::drop_days + limits::drop_spread_days);
  for (std::uint64_t n = 0; n < 30; ++n) REQUIRE(f.put(n));
  REQUIRE(f.put(0, blob(drop_bytes, 0), {}, Day(400)) == DropPut::prolonged);
  CHECK(f.expire_drops(last) == 0);  // a clock that jumps takes nothing along
  REQUIRE(f.erase_due(first.plus(-1), first.plus(-1)));
  CHECK(f.expire_drops(first.plus(-1)) == 0);
  std::set<std::int32_t> days;
  std::uint64_t gone = 0;
  for (auto day = first; day <= last; day = day.plus(1)) {
    REQUIRE(f.erase_due(day, day));
    const auto now = f.expire_drops(day);
    REQUIRE(now);
    if (*now > 0) days.insert(day.days_since_epoch());
    gone += *now;
  }
  CHECK(gone == 29);
  CHECK(days.size() > 5);
  CHECK(f.get(0));
}

TEST_CASE("strangers fill half of the places and no more, however many come at once") {
  Fixture f;
  const auto put_all = [&](std::uint64_t from, DropSource source) {
    std::atomic<int> stored = 0;
    std::counting_semaphore<64> done(0);
    for (std::uint64_t n = from; n < from + 60; ++n)
      f.store->put_drop({.tag = tag_of(n), .verifier = verifier_of(n), .sealed = blob(drop_bytes, n)}, {},
                        source, Day(100), [&](Result<DropPut> outcome) {
                          if (outcome)
                            ++stored;
                          else if (outcome.error().code != Errc::busy)
                            stored = 1000;
                          done.release();
                        });
    for (int i = 0; i < 60; ++i) done.acquire();
    return stored.load();
  };
  CHECK(put_all(0, DropSource::anonymous) == 32);
  CHECK(put_all(100, DropSource::anonymous) == 0);
  CHECK(put_all(200, DropSource::caseworker) == 32);
  REQUIRE(f.erase_drop(0, 0));
  CHECK(failed_with(f.put(300), Errc::busy));
  CHECK(f.put(300, blob(drop_bytes, 300), {}, Day(100), DropSource::caseworker));
  CHECK(f.put(1) == DropPut::prolonged);  // what is there may stay
}

TEST_CASE("the index is a power of two, and dummies stay the same from one start to the next") {
  Fixture f;
  const auto empty = f.pad();
  CHECK(empty.size() == 16);
  CHECK(std::ranges::is_sorted(empty));
  f.reopen();
  CHECK(f.pad() == empty);
  REQUIRE(f.close_day(Day(101)));
  CHECK(f.pad() == empty);

  for (std::uint64_t n = 0; n < 3; ++n) REQUIRE(f.put(n));
  const auto three = f.pad();
  CHECK(three.size() == 16);
  std::vector<DropTag> left;
  std::ranges::set_difference(empty, three, std::back_inserter(left));
  CHECK(left.size() == 3);
  for (std::uint64_t n = 0; n < 3; ++n) CHECK(std::ranges::binary_search(three, tag_of(n)));
  f.reopen();
  for (const auto& tag : left) CHECK(failed_with(f.get(tag), Errc::not_found));
  CHECK(f.pad() == three);

  for (std::uint64_t n = 3; n < 17; ++n) REQUIRE(f.put(n));
  CHECK(f.pad().size() == 32);
  // Where the smaller index would be nearly full, it does not shrink yet.
  REQUIRE(f.erase_drop(16, 16));
  CHECK(f.pad().size() == 32);
  for (std::uint64_t n = 13; n < 16; ++n) REQUIRE(f.erase_drop(n, n));
  const auto shrunk = f.pad();
  CHECK(shrunk.size() == 16);
  // A tag that has gone never comes back: it would be known for a dummy's.
  for (const auto& tag : left) CHECK_FALSE(std::ranges::binary_search(shrunk, tag));
}

TEST_CASE("every tag of the index can be read, and what is read is a sealed drop, a dummy's too") {
  Fixture f;
  const bool day_closed = GENERATE(false, true);
  const auto tags = f.pad();
  if (day_closed) REQUIRE(f.close_day(Day(101)));
  std::set<Bytes> bodies;
  for (const auto& tag : tags) {
    const auto body = f.get(tag);
    REQUIRE(body);
    CHECK(check_sealed_drop(*body) == SealedProblem::none);
    bodies.insert(*body);
  }
  CHECK(bodies.size() == tags.size());
}

TEST_CASE("on a disk that is full the index is filled up all the same, and nobody else may use the reserve") {
  auto options = few_drops();
  const auto free_bytes = std::make_shared<std::atomic<std::uint64_t>>(std::uint64_t{1} << 40);
  options.disk_bytes_free = [free_bytes](const auto&) { return std::optional<std::uint64_t>(*free_bytes); };
  Fixture f(options);
  REQUIRE(f.put(1));
  *free_bytes = 0;
  CHECK(f.pad().size() == 16);
  CHECK(failed_with(f.put(2), Errc::busy));
}

TEST_CASE("a first fill of 1024 dummies goes in small steps between reports") {
  Options options;
  Fixture f(options);
  std::atomic<bool> padded = false;
  std::vector<DropTag> tags;
  f.store->pad_drops(Day(100), [&](Result<std::vector<DropTag>> made) {
    tags = made.value();
    padded = true;
  });
  std::uint64_t accepted = 0;
  for (; !padded; ++accepted) REQUIRE(f.accept(accepted, blob(65536, accepted)));
  CHECK(accepted > 5);
  CHECK(tags.size() == limits::drop_index_tags_min);
}

TEST_CASE("after the close of a day the file no longer shows in which order drops came") {
  constexpr std::uint64_t drops = 300;
  Options options;
  options.drop_index_tags_min = 512;
  Fixture f(options);
  for (std::uint64_t n = 0; n < drops; ++n) REQUIRE(f.put(n));
  f.pad();
  f.reopen();
  const auto correlation = [&] {
    return order_correlation(raw_pages(f.database(), key_of(1)), drops,
                             [](std::uint64_t n) { return blob(drop_bytes, n); });
  };
  CHECK(correlation() > 0.9);
  REQUIRE(f.close_day(Day(101)));
  CHECK(std::abs(correlation()) < 0.3);
  for (std::uint64_t n = 0; n < drops; ++n) CHECK(f.get(n) == blob(drop_bytes, n));
  // In the middle of the next close, everything is there as well, and again after it.
  for (std::uint64_t n = 0; n < drops; ++n) REQUIRE(f.put(n) == DropPut::prolonged);
  f.store->close_day(Day(102), [](Result<>) {});
  f.reopen();
  for (std::uint64_t n = 0; n < drops; ++n) CHECK(f.get(n) == blob(drop_bytes, n));
}

TEST_CASE("whoever reads a drop while it is replaced and its day closed gets the one or the other") {
  Fixture f;
  REQUIRE(f.put(1));
  std::atomic<bool> stop = false;
  std::atomic<std::uint64_t> wrong = 0;
  std::thread reader([&] {
    while (!stop) {
      const auto body = f.get(1);
      if (!body || (*body != blob(drop_bytes, 1) && *body != blob(drop_bytes, 2))) ++wrong;
    }
  });
  for (int round = 0; round < 200; ++round) {
    CHECK(f.put(1, blob(drop_bytes, round % 2 == 0 ? 2 : 1), verifier_of(1)) == DropPut::replaced);
    if (round % 3 == 0) CHECK(f.close_day(Day(101)));
  }
  stop = true;
  reader.join();
  CHECK(wrong == 0);
}

TEST_CASE(
    "a backup, a restored database and one under another key hold every drop, and its proof counts them") {
  Fixture f;
  REQUIRE(f.put(1));
  REQUIRE(f.close_day(Day(101)));
  REQUIRE(f.put(2));
  const auto tags = f.pad();
  TemporaryFolder elsewhere;
  const auto file = elsewhere.path() / "backup.db";
  REQUIRE(wait([&](auto done) { f.store->backup_to(file, key_of(9), std::move(done)); }));
  f.store.reset();
  CHECK(verify_database(file, key_of(9))->drops == tags.size());
  TemporaryFolder restored;
  REQUIRE(restore_database(file, key_of(9), restored.path(), key_of(2)));
  REQUIRE(rekey_database(restored.path(), key_of(2), key_of(3)));
  auto store = Store::open(restored.path(), key_of(3), f.options);
  REQUIRE(store);
  f.store = std::move(*store);
  for (const std::uint64_t n : {1U, 2U}) CHECK(f.get(n) == blob(drop_bytes, n));
  CHECK(f.pad() == tags);
  f.store.reset();
}
