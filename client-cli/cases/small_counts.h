// SPDX-License-Identifier: AGPL-3.0-or-later
// Counts that may be handed on: small ones are not shown, and cannot be worked out from the others of their table (docs/spec/cli.md
// "Statistics"). Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace candour::cli {

inline constexpr std::uint64_t shown_count_min = 5;

struct Count {
  std::string name;
  std::uint64_t count = 0;
};

struct ShownCount {
  std::string name;
  std::optional<std::uint64_t> count;  // none: not shown
  bool few = false;  // not shown, since it is from 1 to 4; else it is more, and hides one that is
};

struct ShownTable {
  std::vector<ShownCount> cells;  // in the order given
  bool hides = false;             // its total has to be rounded
};

// Each from 1 to 4 is not shown; where that is one alone, neither is the smallest of the others that is not 0.
ShownTable hide_small(const std::vector<Count>& counts);

// To a multiple of 5, downwards.
constexpr std::uint64_t rounded_down(std::uint64_t count) { return count - count % shown_count_min; }

}  // namespace candour::cli
