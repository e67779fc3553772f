// SPDX-License-Identifier: AGPL-3.0-or-later
// One proof for a whole list that every element was multiplied by the key that belongs to a public key (RFC 9497 section 2.2, mode VOPRF):
// constant in size, and silent about the key. Thread-safe.
#pragma once

#include <span>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"
#include "crypto/oprf/group.h"
#include "crypto/oprf/scalar.h"

namespace candour::oprf {

inline constexpr std::size_t proof_bytes = 2 * scalar_bytes;

struct Proof {
  Scalar challenge;
  Scalar response;
  bool operator==(const Proof&) const = default;
};

// Errc::malformed.
Result<Proof> parse_proof(ByteView bytes);
void append_proof(Bytes& out, const Proof& proof);

// evaluated[i] = key * blinded[i] for as many as there are, at most 65535 of each; `random_scalar` is used for this proof and never again.
Proof prove(const SecretScalar& key, const Element& public_key, std::span<const Element> blinded,
            std::span<const Element> evaluated, const SecretScalar& random_scalar);
// False for lists of different lengths, too.
[[nodiscard]] bool verify(const Proof& proof, const Element& public_key, std::span<const Element> blinded,
                          std::span<const Element> evaluated);

}  // namespace candour::oprf
