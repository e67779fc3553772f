// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/oprf/group.h"

#include <sodium.h>

#include <catch2/catch_test_macros.hpp>

#include <fstream>
#include <string>

#include "crypto/core/random.h"
#include "crypto/oprf/hash_to_group.h"
#include "tests/unit/crypto/oprf/support.h"

using namespace candour;
using namespace candour::oprf;

namespace {

// 2^252 + 27742317777372353535851937790883648493, little-endian.
const std::string order = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";
const std::string order_minus_one = "ecd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";
const std::string generator = "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76";
const std::string zero(64, '0');

}  // namespace

TEST_CASE("Group: what RFC 9496 calls invalid is refused") {
  std::ifstream file(CANDOUR_SOURCE_DIR "/tests/vectors/rfc9496_invalid.txt");
  REQUIRE(file);
  unsigned count = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    ++count;
    INFO(line);
    CHECK(Element::parse(bytes_of(line)).error().code == Errc::malformed);
  }
  CHECK(count == 29);
  CHECK(hex_encode(Element::parse(bytes_of(generator)).value().bytes()) == generator);
  for (const std::size_t size : {std::size_t{0}, std::size_t{31}, std::size_t{33}, std::size_t{64}})
    CHECK(Element::parse(Bytes(size)).error().code == Errc::malformed);
}

TEST_CASE("Group: the identity is refused, which libsodium's check accepts") {
  // Any key times the identity is the identity: an answer about it says nothing, and a public key that is the identity makes every output a
  // hash of the name alone.
  const Bytes identity(element_bytes);
  REQUIRE(crypto_core_ristretto255_is_valid_point(identity.data()) == 1);
  CHECK(Element::parse(identity).error().code == Errc::malformed);
  Bytes uniform(64);
  CHECK(SecretElement::from_hash(std::span<const std::uint8_t>(uniform).first<64>()).error().code ==
        Errc::refused);
}

TEST_CASE("Group: every bit counts") {
  unsigned refused = 0;
  for (unsigned bit = 0; bit < 256; ++bit) {
    Bytes changed = bytes_of(generator);
    changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    const auto element = Element::parse(changed);
    if (!element) {
      ++refused;
    } else {
      CHECK(hex_encode(element->bytes()) != generator);
    }
  }
  CHECK(
      refused >=
      128);  // about one in sixteen strings encodes an element, one in four of the even ones below the prime
}

TEST_CASE("Scalars: only those less than the order, and secret ones never 0") {
  for (const std::string& hex :
       {order, "ee" + order.substr(2), std::string(64, 'f'), zero.substr(2) + "20"}) {
    INFO(hex);
    CHECK(Scalar::parse(bytes_of(hex)).error().code == Errc::malformed);
    CHECK(SecretScalar::parse(bytes_of(hex)).error().code == Errc::malformed);
  }
  CHECK(Scalar::parse(bytes_of(order_minus_one)));
  CHECK(SecretScalar::parse(bytes_of(order_minus_one)));
  CHECK(Scalar::parse(bytes_of(zero)).value() == Scalar());
  CHECK(SecretScalar::parse(bytes_of(zero)).error().code == Errc::malformed);
  for (const std::size_t size : {std::size_t{0}, std::size_t{31}, std::size_t{33}}) {
    CHECK(Scalar::parse(Bytes(size, 1)).error().code == Errc::malformed);
    CHECK(SecretScalar::parse(Bytes(size, 1)).error().code == Errc::malformed);
  }
}

TEST_CASE("Scalars: arithmetic") {
  const Scalar one = Scalar::from_number(1);
  const Scalar seven = Scalar::from_number(7);
  CHECK(invert(seven) * seven == one);
  CHECK(Scalar::from_number(0) - one == Scalar::parse(bytes_of(order_minus_one)).value());
  CHECK(invert(Scalar()) == Scalar());
  const SecretScalar secret = SecretScalar::make_random();
  const Scalar as_public = Scalar::parse(secret.reveal()).value();
  const SecretScalar other = SecretScalar::make_random();
  CHECK(secret.minus_product(seven, other) == as_public - seven * Scalar::parse(other.reveal()).value());
  CHECK(Scalar::parse(secret.inverted().reveal()).value() == invert(as_public));
}

TEST_CASE("Group: products and sums, with 0 and the identity among them") {
  const Element base = Element::parse(bytes_of(generator)).value();
  const Scalar zero_scalar;
  CHECK(Element::generator_times(Scalar::from_number(1)) == base);
  CHECK(base + base + base == Scalar::from_number(3) * base);
  CHECK(Element() + base == base);
  CHECK(zero_scalar * base == Element());
  CHECK(Element::generator_times(zero_scalar) == Element());
  CHECK(Scalar::from_number(9) * Element() == Element());
  CHECK(base + Scalar::parse(bytes_of(order_minus_one)).value() * base == Element());
  const SecretScalar factor = SecretScalar::make_random();
  CHECK(factor * base == Element::generator_times(factor));
  CHECK(factor.inverted() * (factor * base) == base);
}

TEST_CASE("Hashing: modes and inputs give places of their own, and long inputs are refused") {
  const auto place = [](Mode mode, std::string_view input) {
    return hex_encode(hash_to_group(mode, as_bytes(input)).value().reveal());
  };
  CHECK(place(Mode::voprf, "a") == place(Mode::voprf, "a"));
  CHECK(place(Mode::voprf, "a") != place(Mode::voprf, "b"));
  CHECK(place(Mode::voprf, "a") != place(Mode::oprf, "a"));
  CHECK(place(Mode::voprf, "") != place(Mode::voprf, std::string(1, '\0')));
  CHECK(hash_to_group(Mode::voprf, Bytes(input_bytes_max)));
  CHECK(hash_to_group(Mode::voprf, Bytes(input_bytes_max + 1)).error().code == Errc::too_large);
  CHECK(derive_key(Mode::voprf, Secret<32>::make_random(), Bytes(input_bytes_max + 1)).error().code ==
        Errc::too_large);
}
