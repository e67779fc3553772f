// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/oprf/group.h"

#include <sodium.h>

#include <algorithm>

namespace candour::oprf {
namespace {

// libsodium says -1 for a product that is the identity; every element here is a valid one.
void multiply(std::span<const std::uint8_t, scalar_bytes> factor,
              std::span<const std::uint8_t, element_bytes> element,
              std::span<std::uint8_t, element_bytes> product) {
  if (crypto_scalarmult_ristretto255(product.data(), factor.data(), element.data()) != 0)
    sodium_memzero(product.data(), product.size());
}

void multiply_generator(std::span<const std::uint8_t, scalar_bytes> factor,
                        std::span<std::uint8_t, element_bytes> product) {
  if (crypto_scalarmult_ristretto255_base(product.data(), factor.data()) != 0)
    sodium_memzero(product.data(), product.size());
}

}  // namespace

Result<Element> Element::parse(ByteView bytes) {
  if (bytes.size() != element_bytes || sodium_is_zero(bytes.data(), bytes.size()) == 1 ||
      crypto_core_ristretto255_is_valid_point(bytes.data()) != 1) {
    return fail(
        Errc::malformed,
        "An element is 32 bytes, the canonical encoding of one of ristretto255, and not the identity.");
  }
  Element element;
  std::ranges::copy(bytes, element.bytes_.begin());
  return element;
}

Element operator+(const Element& a, const Element& b) {
  Element sum;
  // Fails for what is no element alone.
  static_cast<void>(crypto_core_ristretto255_add(sum.bytes_.data(), a.bytes_.data(), b.bytes_.data()));
  return sum;
}

Element operator*(const Scalar& factor, const Element& element) {
  Element product;
  multiply(factor.bytes(), element.bytes_, product.bytes_);
  return product;
}

Element operator*(const SecretScalar& factor, const Element& element) {
  Element product;
  multiply(factor.reveal(), element.bytes_, product.bytes_);
  return product;
}

Element Element::generator_times(const Scalar& factor) {
  Element product;
  multiply_generator(factor.bytes(), product.bytes_);
  return product;
}

Element Element::generator_times(const SecretScalar& factor) {
  Element product;
  multiply_generator(factor.reveal(), product.bytes_);
  return product;
}

Element weighted_sum(std::span<const Scalar> weights, std::span<const Element> elements) {
  Element sum;
  for (std::size_t i = 0; i < elements.size(); ++i) sum = weights[i] * elements[i] + sum;
  return sum;
}

Result<SecretElement> SecretElement::from_hash(std::span<const std::uint8_t, 64> uniform) {
  Secret<element_bytes> bytes;
  crypto_core_ristretto255_from_hash(bytes.writable().data(), uniform.data());
  if (sodium_is_zero(bytes.reveal().data(), element_bytes) == 1)
    return fail(Errc::refused, "This input cannot be compared.");
  return SecretElement(std::move(bytes));
}

SecretElement SecretElement::unblind(const SecretScalar& blind, const Element& element) {
  Secret<element_bytes> bytes;
  multiply(blind.inverted().reveal(), element.bytes_, bytes.writable());
  return SecretElement(std::move(bytes));
}

Element SecretElement::blinded_by(const SecretScalar& factor) const {
  Element product;
  multiply(factor.reveal(), reveal(), product.bytes_);
  return product;
}

}  // namespace candour::oprf
