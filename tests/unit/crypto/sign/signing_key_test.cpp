// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/sign/signing_key.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/core/encoding.h"

using namespace candour;

namespace {

sign::SigningKey key_of(std::string_view seed_hex) {
  Secret<32> seed;
  REQUIRE(hex_decode_into(seed_hex, seed.writable()));
  return sign::SigningKey::from_seed(seed);
}

}  // namespace

TEST_CASE("Ed25519 agrees with RFC 8032, tests 1 to 3") {
  struct Vector {
    const char *seed, *key, *message, *signature;
  };
  const Vector vectors[] = {
      {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
       "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
       "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf"
       "5f0595bbe24655141438e7a100b"},
      {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
       "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
       "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2"
       "eaeb4302aeeb00d291612bb0c00"},
      {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
       "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
       "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c1"
       "5e9716ed28dc027beceea1ec40a"},
  };
  for (const Vector& v : vectors) {
    const sign::SigningKey key = key_of(v.seed);
    const Bytes message = hex_decode(v.message).value();
    CHECK(hex_encode(key.verify_key().bytes) == v.key);
    CHECK(hex_encode(key.seed().reveal()) == v.seed);
    const Signature signature = key.sign(message);
    CHECK(hex_encode(signature.bytes) == v.signature);
    CHECK(verify(key.verify_key(), message, signature));
  }
}

TEST_CASE("A signature holds for one key, one message and one text of itself") {
  const sign::SigningKey key = sign::SigningKey::make_random();
  const Signature signature = key.sign(as_bytes("message"));
  CHECK(verify(key.verify_key(), as_bytes("message"), signature));
  CHECK_FALSE(verify(key.verify_key(), as_bytes("messagf"), signature));
  CHECK_FALSE(verify(sign::SigningKey::make_random().verify_key(), as_bytes("message"), signature));
  for (std::size_t bit = 0; bit < 512; ++bit) {
    Signature changed = signature;
    changed.bytes[bit / 8] = static_cast<std::uint8_t>(changed.bytes[bit / 8] ^ (1U << (bit % 8)));
    CHECK_FALSE(verify(key.verify_key(), as_bytes("message"), changed));
  }
}

TEST_CASE("Keys of small order are refused") {
  Signature signature;
  signature.bytes[0] = 1;
  VerifyKey identity_point;
  identity_point.bytes[0] = 1;
  CHECK_FALSE(verify(identity_point, as_bytes("anything"), signature));
  CHECK_FALSE(verify(VerifyKey{}, as_bytes("anything"), Signature{}));
}
