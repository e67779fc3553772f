// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store_fixture.h"

#include <algorithm>
#include <catch2/generators/catch_generators.hpp>
#include <random>

using namespace candour;
using namespace candour::storage;
using namespace candour::storage::test;

namespace {
constexpr std::size_t size = 6 * part_bytes + 4321;
}

TEST_CASE("parts arrive in any order and repeatedly, over restarts and day closes") {
  StoreFixture f;
  const auto whole = blob(size, 1);
  const auto seed = GENERATE(1U, 2U, 3U);
  std::vector<std::uint32_t> order{0, 1, 2, 3, 4, 5, 6, 3, 0};
  std::shuffle(order.begin(), order.end(), std::mt19937(seed));
  REQUIRE(f.begin(1, size));
  for (std::size_t i = 0; i < order.size(); ++i) {
    REQUIRE(f.part(1, order[i], whole));
    if (i == 3) f.reopen();
    if (i == 5) REQUIRE(f.close_day(Day(101)));
  }
  CHECK(f.missing(1)->missing.empty());
  CHECK(f.find(1, "ada").error().code == Errc::not_found);  // not yet a report
  const auto done = f.finish(1, sha256(whole), Day(101));
  REQUIRE(done);
  CHECK(done->day == Day(101));
  CHECK(f.read(1, "ada") == whole);
  CHECK(f.find(1, "ada")->day == Day(101));
  REQUIRE(f.close_day(Day(102)));
  CHECK(f.read(1, "ada") == whole);
  CHECK(f.read(1, "ada", 2 * part_bytes + 5) == Bytes(whole.begin() + 2 * part_bytes + 5, whole.end()));
  f.reopen();
  CHECK(f.digest(1) == sha256(whole));
}

TEST_CASE("beginning again gives the state, and what is missing as ranges") {
  StoreFixture f;
  const auto whole = blob(size, 1);
  const auto first = f.begin(1, size);
  REQUIRE(first);
  CHECK_FALSE(first->already_there);
  CHECK(first->missing == std::vector<PartRange>{{0, 6}});
  for (const auto index : {0U, 3U, 4U}) REQUIRE(f.part(1, index, whole));
  for (int i = 0; i < 2; ++i) {
    const auto again = f.begin(1, size, Day(101));
    REQUIRE(again);
    CHECK(again->already_there);
    CHECK(again->missing == std::vector<PartRange>{{1, 2}, {5, 6}});
    CHECK(f.missing(1)->missing == again->missing);
    f.reopen();
  }
  CHECK(failed_with(f.begin(1, size + 1), Errc::conflict));
  CHECK(failed_with(f.begin(1, size, Day(100), audience({"bo"})), Errc::conflict));
  CHECK(failed_with(f.missing(2), Errc::not_found));
}

TEST_CASE("a part must fit, and never changes once it is there") {
  StoreFixture f;
  const auto whole = blob(size, 1);
  CHECK(failed_with(f.part(1, 0, whole), Errc::not_found));
  REQUIRE(f.begin(1, size));
  CHECK(failed_with(f.part(1, 7, blob(8 * part_bytes, 1)), Errc::malformed));
  CHECK(failed_with(f.part(1, 6, blob(7 * part_bytes, 1)), Errc::malformed));
  CHECK(failed_with(f.part(1, 0, blob(100, 1)), Errc::malformed));
  REQUIRE(f.part(1, 2, whole));
  CHECK(failed_with(f.part(1, 2, blob(size, 2)), Errc::conflict));
  CHECK(f.part(1, 2, whole));
}

TEST_CASE("finishing is refused while parts are missing or the hash is wrong, and idempotent after") {
  StoreFixture f;
  const auto whole = blob(size, 1);
  CHECK(failed_with(f.finish(1, sha256(whole)), Errc::not_found));
  REQUIRE(f.begin(1, size));
  for (std::uint32_t index = 0; index < 6; ++index) REQUIRE(f.part(1, index, whole));
  CHECK(failed_with(f.finish(1, sha256(whole)), Errc::refused));
  REQUIRE(f.part(1, 6, whole));
  CHECK(failed_with(f.finish(1, sha256(blob(1, 1))), Errc::not_authentic));
  const auto first = f.finish(1, sha256(whole));
  REQUIRE(first);
  CHECK_FALSE(first->already_there);
  const auto again = f.finish(1, sha256(whole), Day(103));
  REQUIRE(again);
  CHECK(again->already_there);
  CHECK(again->day == Day(100));
  CHECK(failed_with(f.finish(1, sha256(blob(1, 1))), Errc::conflict));
  const auto begun = f.begin(1, size);
  REQUIRE(begun);
  CHECK(begun->finished);
  CHECK(f.missing(1)->finished);
  CHECK(failed_with(f.part(1, 0, whole), Errc::not_found));
  CHECK(failed_with(f.accept(1, blob(10, 1)), Errc::conflict));
}

TEST_CASE("unfinished uploads are dropped on the third day, and not before") {
  StoreFixture f;
  const auto whole = blob(size, 1);
  REQUIRE(f.begin(1, size, Day(100)));
  REQUIRE(f.part(1, 0, whole));
  REQUIRE(f.close_day(Day(101)));  // its part is in the settled tables by now
  REQUIRE(f.part(1, 1, whole));
  REQUIRE(f.begin(2, size, Day(101)));
  CHECK(f.expire(Day(102)) == 0U);
  CHECK(f.expire(Day(103)) == 1U);
  CHECK(failed_with(f.missing(1), Errc::not_found));
  CHECK(f.missing(2));
  CHECK(f.begin(1, size, Day(103))->missing == std::vector<PartRange>{{0, 6}});
}

TEST_CASE("an upload can be given up and begun otherwise") {
  StoreFixture f;
  const auto whole = blob(size, 1);
  CHECK(failed_with(f.abandon(1), Errc::not_found));
  REQUIRE(f.begin(1, size));
  REQUIRE(f.part(1, 0, whole));
  CHECK(failed_with(f.accept(1, blob(10, 1)), Errc::conflict));
  REQUIRE(f.abandon(1));
  CHECK(f.accept(1, blob(10, 1)));
}
