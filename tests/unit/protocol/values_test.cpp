// SPDX-License-Identifier: AGPL-3.0-or-later
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <string>

#include "protocol/day.h"
#include "protocol/ids.h"

namespace candour {
namespace {

TEST_CASE("days: round trip over a century, and nothing but the calendar") {
  for (int days = 0; days < 36'525; ++days) {
    const Day day(days);
    const auto parsed = Day::parse(day.encode());
    REQUIRE(parsed);
    REQUIRE(*parsed == day);
  }
  CHECK(Day(0).encode() == "1970-01-01");
  CHECK(Day::parse("2024-02-29"));
  for (const auto* wrong :
       {"", "2023-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "2026-04-31", "1969-12-31", "2026-1-01",
        "2026-01-01 ", "2026-01-01\n", "+026-01-01", "2026/01/01", "20260101"}) {
    INFO(wrong);
    CHECK_FALSE(Day::parse(wrong));
  }
  CHECK(Day::of(std::chrono::system_clock::time_point(std::chrono::hours(47))) == Day(1));
  CHECK(days_between(Day(3), Day(1)) == -2);
}

TEST_CASE("ids: [a-z0-9-]{1,32}") {
  CHECK(CaseworkerId::parse("robin-2"));
  CHECK(DeskId::parse(std::string(32, 'x')));
  for (const auto& wrong :
       {std::string(), std::string(33, 'x'), std::string("Robin"), std::string("a_b"), std::string("a b"),
        std::string("a\n"), std::string("a/b"), std::string("\xc3\xa9")}) {
    CHECK_FALSE(CaseworkerId::parse(wrong));
    CHECK_FALSE(DeskId::parse(wrong));
  }
  const auto robin = CaseworkerId::parse("robin").value();
  CHECK(robin.key_name() == "candour/caseworker/robin");
  CHECK(CaseworkerId::from_key_name("candour/caseworker/robin") == robin);
  CHECK_FALSE(CaseworkerId::from_key_name("candour/root-key/robin"));
  CHECK_FALSE(CaseworkerId::from_key_name("candour/caseworker/"));
}

TEST_CASE("report ids: 64 hex digits in lower case") {
  const std::string hex(64, 'a');
  CHECK(ReportId::parse(hex).value().encode() == hex);
  for (const auto& wrong :
       {std::string(64, 'A'), std::string(63, 'a'), std::string(65, 'a'), std::string(64, 'g')}) {
    CHECK_FALSE(ReportId::parse(wrong));
  }
}

}  // namespace
}  // namespace candour
