// SPDX-License-Identifier: AGPL-3.0-or-later
// What RFC 9497 hashes, and how, in the suite ristretto255-SHA512 (section 4.1): to elements and scalars by expand_message_xmd (RFC 9380
// section 5.3.1), and to outputs by SHA-512. Inputs may be secret: copies are wiped, and time depends on sizes alone. Thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"
#include "crypto/core/secret.h"
#include "crypto/oprf/group.h"
#include "crypto/oprf/scalar.h"

namespace candour::oprf {

// Candour evaluates in the mode VOPRF and no other; that of OPRF has published vectors for what the two share.
enum class Mode : std::uint8_t { oprf = 0, voprf = 1 };

inline constexpr std::size_t input_bytes_max = 65534;

// Errc::too_large, or as SecretElement::from_hash().
Result<SecretElement> hash_to_group(Mode mode, std::span<const std::uint8_t> input);
Scalar hash_to_scalar(Mode mode, ByteView transcript);
// DeriveKeyPair (section 3.2.1), without the public half. Errc::too_large for `info`; Errc::internal where no try gives a key, which does
// not happen.
Result<SecretScalar> derive_key(Mode mode, const Secret<32>& seed, ByteView info);

// Of a transcript: the length in two bytes, big-endian, and the bytes.
void append_sized(Bytes& transcript, ByteView piece);
// The seed of a proof's weights: SHA-512 of the public key and the mode.
std::array<std::uint8_t, 64> hash_for_seed(Mode mode, const Element& public_key);

using Output = Secret<64>;
// The last step of Finalize. The input has at most input_bytes_max.
Output hash_for_output(std::span<const std::uint8_t> input, const SecretElement& evaluated);

}  // namespace candour::oprf
