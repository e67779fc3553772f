// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/utf8.h"

#include <catch2/catch_test_macros.hpp>

using namespace candour;

TEST_CASE("UTF-8 is read strictly") {
  for (const char* good : {"", "abc", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
                           "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    CHECK(is_valid_utf8(good));
  }
  for (const char* bad : {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2\x7F", "\xE0\x9F\xBF",
                          "\xED\xA0\x80", "\xED\xBF\xBF", "\xE2\x82", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
                          "\xF5\x80\x80\x80", "\xFF", "a\xF0\x90\x80"}) {
    CHECK_FALSE(is_valid_utf8(bad));
  }
  std::string_view text = "é—";
  CHECK(take_code_point(text) == U'é');
  CHECK(take_code_point(text) == U'—');
  CHECK_FALSE(take_code_point(text));
}
