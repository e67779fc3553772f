// SPDX-License-Identifier: AGPL-3.0-or-later
// Elements of ristretto255 (RFC 9496) by libsodium, as docs/spec/matching.md "Bytes" wants them: what comes from outside is canonical and
// not the identity, or refused. libsodium's own check accepts the identity. Multiplying takes the same time whatever the values are. Thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <utility>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"
#include "crypto/core/secret.h"
#include "crypto/oprf/scalar.h"

namespace candour::oprf {

inline constexpr std::size_t element_bytes = 32;

class Element {
 public:
  Element() = default;  // the identity, with which a sum begins
  // Errc::malformed for anything but the canonical encoding of an element that is not the identity.
  static Result<Element> parse(ByteView bytes);
  // The group's generator, so many times.
  static Element generator_times(const Scalar& factor);
  static Element generator_times(const SecretScalar& factor);

  const std::array<std::uint8_t, element_bytes>& bytes() const { return bytes_; }
  bool operator==(const Element&) const = default;

  friend Element operator+(const Element& a, const Element& b);
  friend Element operator*(const Scalar& factor, const Element& element);
  friend Element operator*(const SecretScalar& factor, const Element& element);

 private:
  friend class SecretElement;
  std::array<std::uint8_t, element_bytes> bytes_{};
};

// Of as many elements as weights.
Element weighted_sum(std::span<const Scalar> weights, std::span<const Element> elements);

// The place of an input in the group, unblinded: whoever sees it can test inputs.
class SecretElement {
 public:
  // The one-way map of RFC 9496 section 4.3.4. Errc::refused for the identity, which nobody can find an input for.
  static Result<SecretElement> from_hash(std::span<const std::uint8_t, 64> uniform);
  static SecretElement unblind(const SecretScalar& blind, const Element& element);

  // Public: uniformly random, if the factor is.
  Element blinded_by(const SecretScalar& factor) const;
  std::span<const std::uint8_t, element_bytes> reveal() const { return bytes_.reveal(); }

 private:
  explicit SecretElement(Secret<element_bytes> bytes) : bytes_(std::move(bytes)) {}
  Secret<element_bytes> bytes_;
};

}  // namespace candour::oprf
