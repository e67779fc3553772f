// SPDX-License-Identifier: AGPL-3.0-or-later
// std::ranges::contains, which the standard library of GCC 12 does not have yet.
#pragma once

#include <algorithm>
#include <functional>

namespace candour {

template <class Range, class Value, class Projection = std::identity>
constexpr bool contains(const Range& range, const Value& value, Projection projection = {}) {
  return std::ranges::find(range, value, projection) != std::ranges::end(range);
}

}  // namespace candour
