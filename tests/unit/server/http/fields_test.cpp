// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/http/fields.h"

#include <catch2/catch_test_macros.hpp>
#include <string_view>

using namespace candour::server;

TEST_CASE("a target is a path and perhaps a query") {
  const auto target = parse_target("/v1/reports?after=ab&limit=3");
  REQUIRE(target);
  CHECK(target->path == "/v1/reports");
  CHECK(target->query == "after=ab&limit=3");
  CHECK(parse_target("/")->query.empty());
  CHECK(parse_target("/?")->path == "/");
}

TEST_CASE("a target that is not in origin form, or holds what no address needs, is refused") {
  for (const std::string_view wrong : {"", "x", "*", "http://x/", "/a%20b", "/%", "/a b", "/a#b", "/a\\b",
                                       "/a?b=%41", "/a?b?c", "/\xc3\xa9", "/a;b", "/a:b"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_target(wrong));
  }
  CHECK_FALSE(parse_target(std::string_view("/a\0b", 4)));
}

TEST_CASE("a query value is found once") {
  CHECK(query_value("a=1&b=2", "b") == "2");
  CHECK(query_value("a=", "a") == "");
  CHECK_FALSE(query_value("a=1&a=2", "a"));
  CHECK_FALSE(query_value("ab=1", "a"));
  CHECK_FALSE(query_value("a", "a"));
  CHECK_FALSE(query_value("", "a"));
}

TEST_CASE("a decimal has one spelling") {
  CHECK(parse_decimal("0") == 0);
  CHECK(parse_decimal("999999999999999999") == 999'999'999'999'999'999U);
  for (const std::string_view wrong :
       {"", "00", "01", "+1", "-1", " 1", "1 ", "1e3", "0x1", "1000000000000000000"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_decimal(wrong));
  }
}

TEST_CASE("only a range that goes to the end is understood") {
  CHECK(parse_range("bytes=0-") == 0);
  CHECK(parse_range("bytes=77-") == 77);
  for (const std::string_view other :
       {"", "bytes=", "bytes=-", "bytes=-5", "bytes=0-5", "bytes=0-,5-", "items=0-", "bytes=0"}) {
    CAPTURE(other);
    CHECK_FALSE(parse_range(other));
  }
}
