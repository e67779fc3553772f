// SPDX-License-Identifier: AGPL-3.0-or-later
// Randomness from the operating system's generator (libsodium). Cannot fail after init_crypto(). Thread-safe.
#pragma once

#include <cstdint>
#include <span>

namespace candour {

void fill_random(std::span<std::uint8_t> out);

// Uniform in [0, bound), without modulo bias; 0 when bound < 2.
std::uint32_t random_below(std::uint32_t bound);

}  // namespace candour
