// SPDX-License-Identifier: AGPL-3.0-or-later
// The header of a report that several have to open together (docs/spec/threshold.md "The header"): read strictly, and its commitments.
// No secrets but the shares that a commitment is made of: the server uses it to refuse what is not of this form. Thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "crypto/core/age_header.h"
#include "crypto/core/age_keys.h"
#include "crypto/core/hash.h"
#include "crypto/core/result.h"
#include "crypto/core/shamir.h"

namespace candour {

inline constexpr std::size_t wrapped_share_bytes = 16 + 32 + 16;  // share, hash of the audience, tag

struct ShareStanza {
  std::uint8_t x = 0;  // of the share, 1 to 255
  std::array<std::uint8_t, age_hybrid_share_bytes> encapsulation{};
  std::array<std::uint8_t, wrapped_share_bytes> body{};
  Digest commitment{};
};

struct ThresholdHeader {
  unsigned threshold = 0;           // 2 to key_shares_max
  std::vector<ShareStanza> shares;  // real ones and dummies, at least `threshold`, no x twice
};

// Is it one, or meant to be?
bool is_threshold_header(std::span<const AgeStanza> stanzas);
// Errc::malformed for anything but exactly the form.
Result<ThresholdHeader> parse_threshold_header(std::span<const AgeStanza> stanzas);
std::vector<AgeStanza> encode_threshold_header(const ThresholdHeader& header);

Digest share_commitment(const KeyShare& share);

}  // namespace candour
