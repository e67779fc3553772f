// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/json.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

namespace candour::json {
namespace {

TEST_CASE("JSON: what is not exactly one bounded document is refused") {
  using namespace std::string_literals;
  for (const auto& wrong :
       {""s, " "s, "{"s, "{} x"s, "{}{}"s, "[1,]"s, "{\"a\":1,\"a\":2}"s, "{\"a\":{\"b\":1,\"b\":1}}"s,
        "{\"a\":1,\"\\u0061\":2}"s, "01"s, "NaN"s, "'a'"s, "\"\xff\""s, "\"\\ud800\""s, "// c\n1"s,
        "\xef\xbb\xbf{}"s, "[[[[[]]]]]"s, "\"a\nb\""s}) {
    INFO(wrong);
    const auto parsed = parse(wrong, 1000, 4);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == Errc::malformed);
  }
  CHECK(parse("[[[[]]]]", 1000, 4));
  CHECK(parse("[1]", 2, 4).error().code == Errc::too_large);
}

TEST_CASE("JSON: what is written is read back alike, numbers without rounding") {
  for (const auto* one :
       {"{}", "[]", "0", "-0", "18446744073709551615", "123456789012345678901234567890", "\"\""}) {
    CHECK(encode(parse(one, 100, 4).value(), Layout::compact) == one);
  }
  const auto big = parse(R"({"n":12345678901234567890123})", 100, 4);
  REQUIRE(big);
  CHECK(encode(*big, Layout::compact) == R"({"n":12345678901234567890123})");
  const auto value =
      parse(R"({"b":[1,-2,3.50,null,true,false],"a":"\u0001\"\\\n\u007fé€😀","":{}})", 1000, 4);
  REQUIRE(value);
  const auto compact = encode(*value, Layout::compact);
  CHECK(compact == R"({"b":[1,-2,3.50,null,true,false],"a":"\u0001\"\\\n\u007fé€😀","":{}})");
  const auto indented = encode(*value, Layout::indented);
  CHECK(encode(parse(indented, 1000, 4).value(), Layout::compact) == compact);
}

TEST_CASE("JSON: whole numbers are those that every language reads alike") {
  CHECK(parse("9007199254740991", 100, 4)->whole() == 9007199254740991U);
  for (const auto* wrong : {"9007199254740992", "-1", "1.0", "1e3", "true", "\"1\"", "-0"}) {
    INFO(wrong);
    CHECK_FALSE(parse(wrong, 100, 4)->whole());
  }
}

TEST_CASE("JSON: a line has no control characters, in any of their forms") {
  CHECK(is_line("Łódź 😀", 100));
  for (const auto* wrong : {"", "a\nb", "a\rb", "a\tb", "\x7f", "\xc2\x85", "\xe2\x80\xa8", "\xff"})
    CHECK_FALSE(is_line(wrong, 100));
  CHECK_FALSE(is_line("abcd", 3));
}

}  // namespace
}  // namespace candour::json
