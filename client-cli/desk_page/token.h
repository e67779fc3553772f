// SPDX-License-Identifier: AGPL-3.0-or-later
// What nobody can guess: 32 random bytes as 64 hex digits.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "crypto/core/encoding.h"
#include "crypto/core/random.h"

namespace candour::cli {

inline std::string make_token() {
  std::array<std::uint8_t, 32> bytes{};
  fill_random(bytes);
  return hex_encode(bytes);
}

}  // namespace candour::cli
