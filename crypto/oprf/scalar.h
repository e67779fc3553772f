// SPDX-License-Identifier: AGPL-3.0-or-later
// Scalars of ristretto255: the integers modulo its order q (RFC 9496 section 4.4), 32 bytes, little-endian, less than q. Public ones, and
// secret ones (keys, shares, blinds), which are never 0. Arithmetic by libsodium takes the same time whatever the values are. Thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"
#include "crypto/core/secret.h"

namespace candour::oprf {

inline constexpr std::size_t scalar_bytes = 32;

class Scalar {
 public:
  Scalar() = default;  // 0
  static Scalar from_number(std::uint8_t number);
  // An integer of 64 bytes, little-endian, modulo q.
  static Scalar reduce(std::span<const std::uint8_t, 64> number);
  // Errc::malformed.
  static Result<Scalar> parse(ByteView bytes);

  const std::array<std::uint8_t, scalar_bytes>& bytes() const { return bytes_; }
  bool operator==(const Scalar&) const = default;

  friend Scalar operator*(const Scalar& a, const Scalar& b);
  friend Scalar operator-(const Scalar& a, const Scalar& b);
  // 1 / a; of 0 it is 0.
  friend Scalar invert(const Scalar& a);

 private:
  friend class SecretScalar;
  std::array<std::uint8_t, scalar_bytes> bytes_{};
};

class SecretScalar {
 public:
  static SecretScalar make_random();
  // An integer of 64 bytes, little-endian, modulo q. Errc::malformed for 0.
  static Result<SecretScalar> reduce(const Secret<64>& number);
  // Errc::malformed, for 0 too. Takes the same time whatever the value is.
  static Result<SecretScalar> parse(std::span<const std::uint8_t> bytes);

  std::span<const std::uint8_t, scalar_bytes> reveal() const { return bytes_.reveal(); }
  SecretScalar inverted() const;
  // this - factor * other: public by whoever asks for it, as the second half of a proof is.
  Scalar minus_product(const Scalar& factor, const SecretScalar& other) const;

 private:
  explicit SecretScalar(Secret<scalar_bytes> bytes) : bytes_(std::move(bytes)) {}
  Secret<scalar_bytes> bytes_;
};

// sum + factor * value modulo q, in the place of sum.
void add_times(Secret<scalar_bytes>& sum, const Scalar& factor, const SecretScalar& value);
// Of as many values as weights: a polynomial's value from its coefficients, and the other way round. Errc::malformed for 0.
Result<SecretScalar> weighted_sum(std::span<const Scalar> weights, std::span<const SecretScalar> values);

// Where blinds, proofs and coefficients get their randomness. Always SecretScalar::make_random, but where published vectors say what was
// drawn: a proof with a random scalar that is known, or that comes twice, gives the key away.
using ScalarSource = std::function<SecretScalar()>;

}  // namespace candour::oprf
