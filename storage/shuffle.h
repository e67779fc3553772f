// SPDX-License-Identifier: AGPL-3.0-or-later
// A random order, uniform over all of them. Internal to storage/.
#pragma once

#include <utility>
#include <vector>

#include "crypto/core/random.h"

namespace candour::storage {

template <class T>
void shuffle(std::vector<T>& items) {
  for (auto left = items.size(); left > 1; --left)
    std::swap(items[left - 1], items[random_below(static_cast<std::uint32_t>(left))]);
}

}  // namespace candour::storage
