// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/oprf/scalar.h"

#include <sodium.h>

#include <algorithm>

#include "crypto/core/compare.h"

namespace candour::oprf {
namespace {

// libsodium has no such check in public: what is less than q stays what it is when it is reduced.
bool is_canonical(std::span<const std::uint8_t, scalar_bytes> bytes) {
  Secret<64> wide;
  std::ranges::copy(bytes, wide.writable().begin());
  Secret<scalar_bytes> reduced;
  crypto_core_ristretto255_scalar_reduce(reduced.writable().data(), wide.reveal().data());
  return equal_constant_time(reduced.reveal(), bytes);
}

}  // namespace

Scalar Scalar::from_number(std::uint8_t number) {
  Scalar scalar;
  scalar.bytes_[0] = number;
  return scalar;
}

Scalar Scalar::reduce(std::span<const std::uint8_t, 64> number) {
  Scalar scalar;
  crypto_core_ristretto255_scalar_reduce(scalar.bytes_.data(), number.data());
  return scalar;
}

Result<Scalar> Scalar::parse(ByteView bytes) {
  if (bytes.size() != scalar_bytes || !is_canonical(bytes.first<scalar_bytes>()))
    return fail(Errc::malformed,
                "A scalar is 32 bytes, little-endian, and less than the order of the group.");
  Scalar scalar;
  std::ranges::copy(bytes, scalar.bytes_.begin());
  return scalar;
}

Scalar operator*(const Scalar& a, const Scalar& b) {
  Scalar product;
  crypto_core_ristretto255_scalar_mul(product.bytes_.data(), a.bytes_.data(), b.bytes_.data());
  return product;
}

Scalar operator-(const Scalar& a, const Scalar& b) {
  Scalar difference;
  crypto_core_ristretto255_scalar_sub(difference.bytes_.data(), a.bytes_.data(), b.bytes_.data());
  return difference;
}

Scalar invert(const Scalar& a) {
  Scalar inverse;
  if (crypto_core_ristretto255_scalar_invert(inverse.bytes_.data(), a.bytes_.data()) != 0) return {};
  return inverse;
}

SecretScalar SecretScalar::make_random() {
  Secret<scalar_bytes> bytes;
  crypto_core_ristretto255_scalar_random(bytes.writable().data());  // never 0
  return SecretScalar(std::move(bytes));
}

Result<SecretScalar> SecretScalar::reduce(const Secret<64>& number) {
  Secret<scalar_bytes> reduced;
  crypto_core_ristretto255_scalar_reduce(reduced.writable().data(), number.reveal().data());
  return parse(reduced.reveal());
}

Result<SecretScalar> SecretScalar::parse(std::span<const std::uint8_t> bytes) {
  if (bytes.size() != scalar_bytes || !is_canonical(bytes.first<scalar_bytes>()) ||
      sodium_is_zero(bytes.data(), bytes.size()) == 1) {
    return fail(
        Errc::malformed,
        "A secret scalar is 32 bytes, little-endian, less than the order of the group, and never zero.");
  }
  return SecretScalar(Secret<scalar_bytes>::copy_of(bytes.first<scalar_bytes>()));
}

SecretScalar SecretScalar::inverted() const {
  Secret<scalar_bytes> inverse;
  // Fails for 0 alone, which no secret scalar is.
  static_cast<void>(crypto_core_ristretto255_scalar_invert(inverse.writable().data(), reveal().data()));
  return SecretScalar(std::move(inverse));
}

Scalar SecretScalar::minus_product(const Scalar& factor, const SecretScalar& other) const {
  Secret<scalar_bytes> product;
  crypto_core_ristretto255_scalar_mul(product.writable().data(), factor.bytes().data(),
                                      other.reveal().data());
  Scalar difference;
  crypto_core_ristretto255_scalar_sub(difference.bytes_.data(), reveal().data(), product.reveal().data());
  return difference;
}

void add_times(Secret<scalar_bytes>& sum, const Scalar& factor, const SecretScalar& value) {
  Secret<scalar_bytes> product;
  crypto_core_ristretto255_scalar_mul(product.writable().data(), factor.bytes().data(),
                                      value.reveal().data());
  crypto_core_ristretto255_scalar_add(sum.writable().data(), sum.reveal().data(), product.reveal().data());
}

Result<SecretScalar> weighted_sum(std::span<const Scalar> weights, std::span<const SecretScalar> values) {
  Secret<scalar_bytes> sum;
  for (std::size_t i = 0; i < values.size(); ++i) add_times(sum, weights[i], values[i]);
  return SecretScalar::parse(sum.reveal());
}

}  // namespace candour::oprf
