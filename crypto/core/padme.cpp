// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/padme.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace candour {
namespace {

std::uint64_t padme(std::uint64_t bytes) {
  if (bytes < 2) return bytes;
  const unsigned exponent = static_cast<unsigned>(std::bit_width(bytes)) - 1;
  const unsigned kept_bits = static_cast<unsigned>(std::bit_width(exponent));
  if (kept_bits >= exponent) return bytes;
  const std::uint64_t mask = (std::uint64_t{1} << (exponent - kept_bits)) - 1;
  if (bytes > std::numeric_limits<std::uint64_t>::max() - mask)
    return std::numeric_limits<std::uint64_t>::max();
  return (bytes + mask) & ~mask;
}

}  // namespace

std::uint64_t padded_size(std::uint64_t bytes, std::uint64_t floor_bytes) {
  return std::max(floor_bytes, padme(bytes));
}

bool is_padded_size(std::uint64_t bytes, std::uint64_t floor_bytes) {
  return padded_size(bytes, floor_bytes) == bytes;
}

}  // namespace candour
