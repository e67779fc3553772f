// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/random.h"

#include <sodium.h>

namespace candour {

void fill_random(std::span<std::uint8_t> out) {
  if (!out.empty()) randombytes_buf(out.data(), out.size());  // libsodium wants no null pointer
}

std::uint32_t random_below(std::uint32_t bound) { return randombytes_uniform(bound); }

}  // namespace candour
