// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store_fixture.h"

#include <catch2/generators/catch_generators.hpp>

using namespace candour;
using namespace candour::storage;
using namespace candour::storage::test;

TEST_CASE("a report is stored whole and comes back byte for byte, also after a restart and a day's close") {
  StoreFixture f;
  for (const std::size_t size : {std::size_t{1}, std::size_t{65536}, Store::report_bytes_max}) {
    const auto bytes = blob(size, size);
    const auto stored = f.accept(size, bytes);
    REQUIRE(stored);
    CHECK_FALSE(stored->already_there);
    CHECK(f.read(size, "ada") == bytes);
    CHECK(f.digest(size) == sha256(bytes));
  }
  f.reopen();
  CHECK(f.read(65536, "bo") == blob(65536, 65536));
  REQUIRE(f.close_day(Day(101)));
  f.reopen();
  CHECK(f.read(1, "ada") == blob(1, 1));
  CHECK(f.read(Store::report_bytes_max, "ada") == blob(Store::report_bytes_max, Store::report_bytes_max));
  CHECK(f.digest(65536) == sha256(blob(65536, 65536)));
}

TEST_CASE("sending a report again is harmless, and its first day stays") {
  StoreFixture f;
  const auto bytes = blob(65536, 1);
  const auto close = GENERATE(false, true);
  REQUIRE(f.accept(1, bytes));
  if (close) REQUIRE(f.close_day(Day(101)));
  const auto again = f.accept(1, bytes, audience({"bo", "ada"}), Day(105));
  REQUIRE(again);
  CHECK(again->already_there);
  CHECK(again->day == Day(100));

  CHECK(failed_with(f.accept(1, blob(65536, 2)), Errc::conflict));
  CHECK(failed_with(f.accept(1, blob(65535, 1)), Errc::conflict));
  CHECK(failed_with(f.accept(1, bytes, audience({"ada"})), Errc::conflict));
  CHECK(f.read(1, "ada") == bytes);
}

TEST_CASE("an empty report and one over the bound are refused") {
  StoreFixture f;
  CHECK(failed_with(f.accept(1, {}), Errc::malformed));
  CHECK(failed_with(f.accept(1, Bytes(Store::report_bytes_max + 1)), Errc::too_large));
  CHECK(f.list("ada")->reports.empty());
}
