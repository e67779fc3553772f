// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/id_filter.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>

namespace candour::storage {

IdFilter::IdFilter(std::uint64_t expected)
    : bits_(static_cast<std::size_t>(std::max<std::uint64_t>(expected, 1U << 17U) * 10)) {
  randombytes_buf(key_.data(), key_.size());
}

// Six places out of one 64-bit hash (Kirsch and Mitzenmacher: two halves combined serve as well as six hashes).
std::array<std::size_t, 6> IdFilter::places(const ReportId& id) const {
  static_assert(crypto_shorthash_BYTES == 8 && crypto_shorthash_KEYBYTES == 16);
  std::array<std::uint8_t, 8> hash{};
  crypto_shorthash(hash.data(), id.bytes.data(), id.bytes.size(), key_.data());
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  std::memcpy(&first, hash.data(), 4);
  std::memcpy(&second, hash.data() + 4, 4);
  std::array<std::size_t, 6> out{};
  std::uint64_t at = first;
  for (auto& place : out) {
    place = static_cast<std::size_t>(at % bits_.size());
    at += second | 1U;
  }
  return out;
}

void IdFilter::add(const ReportId& id) {
  for (const auto place : places(id)) bits_[place] = true;
}

bool IdFilter::may_hold(const ReportId& id) const {
  return std::ranges::all_of(places(id), [&](std::size_t place) { return bits_[place]; });
}

}  // namespace candour::storage
