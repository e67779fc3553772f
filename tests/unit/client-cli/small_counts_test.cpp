// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/cases/small_counts.h"

#include <catch2/catch_test_macros.hpp>

namespace candour::cli {
namespace {

// As they are shown: a number, "few", or "more".
std::string shown(const std::vector<std::uint64_t>& counts) {
  std::vector<Count> all;
  for (const std::uint64_t count : counts) all.push_back({"x", count});
  const ShownTable table = hide_small(all);
  std::string words = table.hides ? "hides:" : "";
  for (const ShownCount& cell : table.cells)
    words += ' ' + (cell.count ? std::to_string(*cell.count) : cell.few ? "few" : "more");
  return words;
}

TEST_CASE("small counts: none from 1 to 4 is shown; 0 and 5 are") {
  CHECK(shown({}).empty());
  CHECK(shown({0, 5, 12}) == " 0 5 12");
  CHECK(shown({1, 4, 5, 0, 12}) == "hides: few few 5 0 12");
  CHECK(shown({1, 2, 3, 4}) == "hides: few few few few");
}

TEST_CASE("small counts: one alone takes the smallest of the others with it") {
  CHECK(shown({3, 20, 7, 9, 0}) == "hides: few 20 more 9 0");
  CHECK(shown({20, 7, 7, 3}) == "hides: 20 more 7 few");
  CHECK(shown({0, 3, 0}) == "hides: 0 few 0");
  CHECK(shown({5, 4}) == "hides: more few");
}

TEST_CASE("small counts: no small number is what is left of the total") {
  for (std::uint64_t a = 0; a < 12; ++a)
    for (std::uint64_t b = 0; b < 12; ++b)
      for (std::uint64_t c = 0; c < 12; ++c) {
        const ShownTable table = hide_small({{"a", a}, {"b", b}, {"c", c}});
        std::size_t hidden = 0;
        std::size_t shown_not_0 = 0;
        for (const ShownCount& cell : table.cells) {
          if (!cell.count) ++hidden;
          if (cell.count.value_or(0) > 0) ++shown_not_0;
          CHECK((cell.count.value_or(0) == 0 || *cell.count >= shown_count_min));
        }
        CHECK(table.hides == (hidden > 0));
        CHECK((hidden != 1 || shown_not_0 == 0));
      }
  CHECK(rounded_down(0) == 0);
  CHECK(rounded_down(14) == 10);
  CHECK(rounded_down(15) == 15);
}

}  // namespace
}  // namespace candour::cli
