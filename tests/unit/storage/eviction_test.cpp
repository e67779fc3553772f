// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store_fixture.h"

using namespace candour;
using namespace candour::storage;
using namespace candour::storage::test;

namespace {

constexpr std::uint64_t size = 3 * part_bytes;

// Three places, ten parts of a MiB, and a clock that the test moves.
struct Small {
  Small() : f(options()) {}
  Options options() {
    Options small;
    small.quotas->open_uploads_max = 3;
    small.quotas->open_upload_bytes_max = 10 * part_bytes;
    small.clock = [this] {
      return std::chrono::steady_clock::time_point{} + std::chrono::minutes(passed.load());
    };
    return small;
  }
  void pass(int minutes) { passed += minutes; }
  bool open(std::uint64_t n) { return f.missing(n).has_value(); }
  Result<> part(std::uint64_t n, std::uint32_t index) { return f.part(n, index, blob(size, n)); }

  std::atomic<int> passed = 0;
  StoreFixture f;
};

}  // namespace

TEST_CASE("uploads that were only begun never keep others out: the oldest makes way") {
  Small s;
  for (std::uint64_t n = 1; n <= 20; ++n) {
    s.pass(1);
    REQUIRE(s.f.begin(n, size));
    CHECK(s.open(n));
    if (n > 3) CHECK_FALSE(s.open(n - 3));
  }
}

TEST_CASE("whoever sends keeps her place, however many strangers begin, and with part 0 too") {
  Small s;
  REQUIRE(s.f.begin(1, size));
  REQUIRE(s.part(1, 0));
  for (std::uint64_t n = 2; n <= 60; ++n) {
    s.pass(1);
    if (n == 25) REQUIRE(s.part(1, 1));  // slowly
    if (n == 50) REQUIRE(s.part(1, 2));
    const auto begun = s.f.begin(n, size);
    if (begun) (void)s.part(n, 0);
    CHECK(s.open(1));
  }
  CHECK(s.f.finish(1, sha256(blob(size, 1))));
}

TEST_CASE(
    "places that send nothing more for half an hour go, the emptiest first; what they sent is blanked") {
  Small s;
  for (const std::uint64_t n : {1U, 2U, 3U}) {
    REQUIRE(s.f.begin(n, size));
    REQUIRE(s.part(n, 0));
  }
  REQUIRE(s.part(1, 1));
  REQUIRE(s.part(3, 1));
  CHECK(failed_with(s.f.begin(4, size), Errc::busy));
  s.pass(29);
  CHECK(failed_with(s.f.begin(4, size), Errc::busy));
  REQUIRE(s.part(1, 2));
  s.pass(1);
  REQUIRE(s.f.begin(4, size));
  CHECK_FALSE(s.open(2));
  REQUIRE(s.part(4, 0));
  REQUIRE(s.f.begin(5, size));
  CHECK_FALSE(s.open(3));
  CHECK(failed_with(s.f.begin(6, size), Errc::busy) == false);  // in the place of 5, which sent nothing
  CHECK(s.open(1));
  CHECK(s.open(4));
  for (int wait = 0; wait < 500 && failed_with(s.f.begin(2, size), Errc::busy); ++wait) usleep(10'000);
  CHECK(s.f.missing(2)->missing == std::vector<PartRange>{{0, 2}});
}

TEST_CASE("parts without part 0 keep no place") {
  Small s;
  REQUIRE(s.f.begin(1, size));
  s.pass(20);
  REQUIRE(s.part(1, 1));
  CHECK(s.f.drop_unproven() == 0U);
  s.pass(10);
  CHECK(s.f.drop_unproven() == 1U);
  CHECK_FALSE(s.open(1));
}

TEST_CASE("begun and silent uploads are dropped after half an hour; a restart makes them new") {
  Small s;
  REQUIRE(s.f.begin(1, size));
  REQUIRE(s.f.begin(2, size));
  REQUIRE(s.part(2, 0));
  s.pass(20);
  s.f.reopen();
  s.pass(20);
  CHECK(s.f.drop_unproven() == 0U);
  s.pass(10);
  CHECK(s.f.drop_unproven() == 1U);
  s.pass(10'000);
  CHECK(s.f.drop_unproven() == 0U);  // part 0 is there
  CHECK(s.open(2));
}

TEST_CASE("what open uploads have sent together is bounded, and the fuller one of two goes on") {
  Small s;
  const std::uint64_t large = 9 * part_bytes;
  REQUIRE(s.f.begin(1, large));
  const auto whole = blob(large, 1);
  for (std::uint32_t index = 0; index < 8; ++index) REQUIRE(s.f.part(1, index, whole));
  REQUIRE(s.f.begin(2, size));
  REQUIRE(s.part(2, 0));
  REQUIRE(s.part(2, 1));
  CHECK(failed_with(s.f.begin(3, size), Errc::busy));
  CHECK(failed_with(s.part(2, 2), Errc::busy));
  CHECK(failed_with(s.f.part(1, 8, whole), Errc::busy));
  s.pass(30);
  REQUIRE(s.f.part(1, 8, whole));
  CHECK_FALSE(s.open(2));
  CHECK(s.f.finish(1, sha256(whole)));
}

TEST_CASE("many uploads given up at once are blanked together, and each is answered") {
  StoreFixture f;
  for (std::uint64_t n = 0; n < 40; ++n) {
    REQUIRE(f.begin(n, size));
    REQUIRE(f.part(n, 0, blob(size, n)));
  }
  std::atomic<int> answered = 0;
  for (std::uint64_t n = 0; n < 40; ++n)
    f.store->abandon_upload(id_of(n), [&](Result<> done) { answered += done ? 1 : 0; });
  f.reopen();
  CHECK(answered <= 40);
  for (std::uint64_t n = 0; n < 40; ++n) CHECK_FALSE(f.missing(n));
}
