// SPDX-License-Identifier: AGPL-3.0-or-later
#include <catch2/generators/catch_generators.hpp>

#include "raw_pages.h"
#include "store_fixture.h"

using namespace candour;
using namespace candour::storage;
using namespace candour::storage::test;

namespace {

// Does any page or frame still hold a piece of these bytes?
bool leaves_a_trace(const Bytes& pages, const Bytes& bytes) {
  for (std::size_t at = 0; at + 64 <= bytes.size(); at += 8000)
    if (holds(pages, ByteView(bytes).subspan(at, 64))) return true;
  return holds(pages, ByteView(bytes).last(64));
}

}  // namespace

TEST_CASE("an erased report is gone from lists, database and WAL; its neighbours stay") {
  StoreFixture f;
  const auto database = f.directory.path() / "candour.db";
  const auto small = blob(65536, 1);
  const auto large = blob(3 * part_bytes + 99, 2);
  const auto other = blob(65536, 3);
  REQUIRE(f.accept(1, small));
  REQUIRE(f.accept(3, other));
  REQUIRE(f.begin(2, large.size(), Day(100), audience({"ada", "bo"})));
  for (std::uint32_t index = 0; index < 4; ++index) REQUIRE(f.part(2, index, large));
  REQUIRE(f.finish(2, sha256(large)));
  // Every mark leaves its row behind as well.
  for (const std::uint64_t n : {1U, 2U}) {
    REQUIRE(f.seen(n, "ada"));
    REQUIRE(f.close(n, Day(100), "bo") == Obstacle::none);
    REQUIRE(f.hold(n, true));
    REQUIRE(f.hold(n, false));
    REQUIRE(f.withdraw(n, Day(72)));
  }
  const bool day_closed = GENERATE(false, true);
  const bool at_its_day = day_closed && GENERATE(false, true);
  if (day_closed) REQUIRE(f.close_day(Day(101)));
  REQUIRE(leaves_a_trace(raw_pages(database, key_of(1)), small));  // the search finds what is there

  if (at_its_day) {
    REQUIRE(f.erase_due(Day(101), Day(100)) == 2);
  } else {
    REQUIRE(f.erase(1) == Obstacle::none);
    REQUIRE(f.erase(2) == Obstacle::none);
  }
  const auto pages = raw_pages(database, key_of(1));
  CHECK_FALSE(leaves_a_trace(pages, small));
  CHECK_FALSE(leaves_a_trace(pages, large));
  CHECK_FALSE(holds(pages, id_of(1).bytes));
  CHECK_FALSE(holds(pages, id_of(2).bytes));
  CHECK(failed_with(f.find(1, "ada"), Errc::not_found));
  CHECK(failed_with(f.read(2, "ada"), Errc::not_found));
  CHECK(failed_with(f.erase(1), Errc::not_found));
  CHECK(f.read(3, "ada") == other);
  CHECK(f.accept(1, small));  // as if it had never been
  CHECK_FALSE(f.find(1, "ada")->seen);
  CHECK(f.find(1, "ada")->marks == Marks{});
}

TEST_CASE("erasing never takes an open upload") {
  StoreFixture f;
  REQUIRE(f.begin(1, part_bytes));
  CHECK(failed_with(f.erase(1), Errc::not_found));
  CHECK(f.missing(1));
}
