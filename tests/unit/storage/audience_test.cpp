// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/audience.h"

#include <catch2/catch_test_macros.hpp>

using candour::storage::Audience;

TEST_CASE("an audience is sorted, distinct, well-formed and bounded") {
  CHECK(Audience::of({"cy", "ada"})->encode() == "ada,cy");
  CHECK(Audience::parse("ada,cy") == Audience::of({"cy", "ada"}).value());
  CHECK(Audience::of({"ada"})->contains("ada"));
  CHECK_FALSE(Audience::of({"ada"})->contains("ad"));
  CHECK_FALSE(Audience::of({}));
  CHECK_FALSE(Audience::of({"ada", "ada"}));
  for (const auto* bad : {"", "Ada", "a,b", "a b", "123456789012345678901234567890123"})
    CHECK_FALSE(Audience::of({bad}));
  std::vector<std::string> many;
  for (int i = 0; i < 32; ++i) many.push_back("c" + std::to_string(i));
  CHECK(Audience::of(many));
  many.emplace_back("one-more");
  CHECK_FALSE(Audience::of(many));
  for (const auto* bad : {"", ",", "ada,", ",ada", "ada,ada"}) CHECK_FALSE(Audience::parse(bad));
}
