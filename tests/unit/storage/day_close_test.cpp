// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <map>

#include "raw_pages.h"
#include "store_fixture.h"

using namespace candour;
using namespace candour::storage;
using namespace candour::storage::test;

namespace {

constexpr std::uint64_t reports = 300;

double correlation(const Bytes& pages) {
  return order_correlation(pages, reports, [](std::uint64_t n) { return blob(9000, n); });
}

}  // namespace

TEST_CASE("after the close of a day the file no longer shows the order of arrival") {
  StoreFixture f;
  const auto database = f.directory.path() / "candour.db";
  for (std::uint64_t n = 0; n < reports; ++n) REQUIRE(f.accept(n, blob(9000, n)));
  f.reopen();  // empties the WAL into the file
  CHECK(correlation(raw_pages(database, key_of(1))) > 0.9);
  REQUIRE(f.close_day(Day(101)));
  CHECK(std::filesystem::file_size(database.string() + "-wal") == 0);
  CHECK(std::abs(correlation(raw_pages(database, key_of(1)))) < 0.3);
  CHECK(f.list("ada")->reports.size() == reports);
  for (std::uint64_t n = 0; n < reports; ++n) CHECK(f.read(n, "bo") == blob(9000, n));
}

TEST_CASE("a day close leaves today alone, and can be cut short and called again") {
  StoreFixture f;
  for (std::uint64_t n = 0; n < reports; ++n)
    REQUIRE(f.accept(n, blob(40000, n), audience({"ada"}), Day(n % 2 == 0 ? 100 : 101)));
  f.store->close_day(Day(101), [](Result<>) {});
  f.reopen();  // in the middle
  CHECK(f.list("ada")->reports.size() == reports);
  f.store->close_day(Day(101), [](Result<>) {});
  for (std::uint64_t n = 0; n < 50; ++n)
    REQUIRE(f.accept(1000 + n, blob(1000, n), audience({"ada"}), Day(101)));
  REQUIRE(f.close_day(Day(101)));
  CHECK(f.list("ada")->reports.size() == reports + 50);
  CHECK(f.accept(0, blob(40000, 0), audience({"ada"}))->already_there);
  REQUIRE(f.close_day(Day(102)));
  CHECK(f.list("ada")->reports.size() == reports + 50);
}

TEST_CASE("what came while the clock was years ahead is closed once it is right again") {
  StoreFixture f;
  const auto database = f.directory.path() / "candour.db";
  for (std::uint64_t n = 0; n < reports; ++n)
    REQUIRE(f.accept(n, blob(9000, n), audience({"ada"}), Day(5000)));
  REQUIRE(f.close_day(Day(101)));
  CHECK(std::abs(correlation(raw_pages(database, key_of(1)))) < 0.3);
  CHECK(f.list("ada")->reports.size() == reports);
}
