// SPDX-License-Identifier: AGPL-3.0-or-later
// Public keys that age files are sealed to (C2SP age.md): the hybrid post-quantum mlkem768x25519 ("age1pq1…")
// and the classic X25519 ("age1…"). Plain data: sealing is in crypto/seal, identities (the secret halves) in
// crypto/open.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/core/result.h"

namespace candour {

struct HybridRecipient {
  std::array<std::uint8_t, 1216> bytes{};  // X-Wing: ML-KEM-768 key, then X25519 key
  bool operator==(const HybridRecipient&) const = default;
};

struct X25519Recipient {
  std::array<std::uint8_t, 32> bytes{};
  bool operator==(const X25519Recipient&) const = default;
};

// Errc::malformed, Errc::too_large; lower case only, as age writes them.
Result<HybridRecipient> parse_hybrid_recipient(std::string_view text);
Result<X25519Recipient> parse_x25519_recipient(std::string_view text);
std::string encode_recipient(const HybridRecipient& recipient);
std::string encode_recipient(const X25519Recipient& recipient);

}  // namespace candour
