// SPDX-License-Identifier: AGPL-3.0-or-later
// What a drop looks like from outside (docs/spec/drops.md): its tag, the right to erase it, its one size, and the server's check of
// what it is given. Addresses and what is inside belong to the two ends; nothing here can tell more than the server may know.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/core/bytes.h"
#include "crypto/core/hash.h"
#include "crypto/core/result.h"
#include "crypto/core/secret.h"
#include "protocol/sealed_report.h"

namespace candour {

inline constexpr std::size_t drop_plain_bytes = 16384;  // always: what is not used is zeros
inline constexpr std::size_t drop_bytes = 18043;        // sealed to one mlkem768x25519 recipient

using DropAddress = Secret<32>;    // the right to put; derived at the two ends
using DeletionToken = Secret<32>;  // the right to erase and to replace

// Public: under this it lies, and in the index. 16 hex digits in text.
struct DropTag {
  std::array<std::uint8_t, 8> bytes{};
  static Result<DropTag> parse(std::string_view hex);
  std::string encode() const;
  auto operator<=>(const DropTag&) const = default;
};

DropTag drop_tag(const DropAddress& address);
// What the server keeps of a deletion token.
Digest deletion_verifier(const DeletionToken& token);

// `sealed`: all of it.
SealedProblem check_sealed_drop(ByteView sealed);

}  // namespace candour
