// SPDX-License-Identifier: AGPL-3.0-or-later
// Shamir's secret sharing of a file key over GF(2^8) with the polynomial of AES (docs/spec/threshold.md "Sharing the file key"): any k of the shares give the key
// back, fewer say nothing about it. No table, no branch and no address depends on a secret. A share alone does not show that it is right:
// whoever combines checks each against its commitment before, and the key against the header's MAC after. Thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "crypto/core/age_keys.h"
#include "crypto/core/result.h"
#include "crypto/core/secret.h"

namespace candour {

inline constexpr unsigned key_shares_max = 32;
inline constexpr unsigned key_share_x_max = 255;

// The value at `x` of the polynomials whose values at 0 are the bytes of the key.
struct KeyShare {
  std::uint8_t x = 0;  // 1 to key_share_x_max; public
  FileKey y;
};

// The shares of these numbers, in their order. Errc::refused unless 1 <= threshold <= how many there are <= key_shares_max, or for a number
// of 0, or twice.
Result<std::vector<KeyShare>> split_key(const FileKey& key, unsigned threshold,
                                        std::span<const std::uint8_t> numbers);

// From at least as many as the threshold was. Errc::refused for none, for an x of 0, or twice.
Result<FileKey> combine_key(std::span<const KeyShare> shares);

}  // namespace candour
