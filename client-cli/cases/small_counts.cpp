// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/cases/small_counts.h"

#include <algorithm>

namespace candour::cli {

ShownTable hide_small(const std::vector<Count>& counts) {
  ShownTable table;
  std::size_t hidden = 0;
  for (const Count& one : counts) {
    const bool few = one.count > 0 && one.count < shown_count_min;
    table.cells.push_back({one.name, few ? std::nullopt : std::optional(one.count), few});
    if (few) ++hidden;
  }
  table.hides = hidden > 0;
  if (hidden != 1) return table;
  ShownCount* smallest = nullptr;
  for (ShownCount& cell : table.cells)
    if (cell.count.value_or(0) > 0 && (smallest == nullptr || *cell.count < *smallest->count))
      smallest = &cell;
  if (smallest != nullptr) smallest->count.reset();
  return table;
}

}  // namespace candour::cli
