// SPDX-License-Identifier: AGPL-3.0-or-later
// Ed25519 verification (RFC 8032) by libsodium, which refuses small-order keys and non-canonical signatures.
// Signing is in crypto/sign. Thread-safe.
#pragma once

#include <array>
#include <compare>
#include <cstdint>

#include "crypto/core/bytes.h"

namespace candour {

struct VerifyKey {
  std::array<std::uint8_t, 32> bytes{};
  auto operator<=>(const VerifyKey&) const = default;
};

struct Signature {
  std::array<std::uint8_t, 64> bytes{};
  auto operator<=>(const Signature&) const = default;
};

[[nodiscard]] bool verify(const VerifyKey& key, ByteView message, const Signature& signature);

}  // namespace candour
