// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/hash.h"

#include <sodium.h>

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "crypto/core/compare.h"
#include "crypto/core/encoding.h"
#include "crypto/core/hkdf.h"

using namespace candour;

TEST_CASE("SHA-256 agrees with FIPS 180-4") {
  CHECK(hex_encode(sha256(as_bytes("abc"))) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(hex_encode(sha256({})) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  Sha256 million;
  for (int i = 0; i < 1000; ++i) million.update(as_bytes(std::string(1000, 'a')));
  CHECK(hex_encode(million.finish()) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("HKDF-SHA256 agrees with RFC 5869") {
  // The vectors have 42 bytes of output; the first 32 are those of a shorter output.
  const Bytes ikm(22, 0x0b);
  const Bytes salt = hex_decode("000102030405060708090a0b0c").value();
  const Bytes info = hex_decode("f0f1f2f3f4f5f6f7f8f9").value();
  CHECK(hex_encode(derive(ikm, salt, as_text(info)).reveal()) ==
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
  CHECK(hex_encode(hkdf_extract(salt, ikm).reveal()) ==
        "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
  CHECK(hex_encode(derive(ikm, "").reveal()) ==
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
}

TEST_CASE("HMAC-SHA256 agrees with RFC 4231") {
  // Its key of 20 bytes, filled up with zeros, as HMAC itself does.
  Secret<32> key;
  std::fill_n(key.writable().begin(), 20, std::uint8_t{0x0b});
  CHECK(hex_encode(hmac_sha256(key, as_bytes("Hi There"))) ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
}

TEST_CASE("Constant-time comparison says what == says") {
  CHECK(equal_constant_time(as_bytes("same"), as_bytes("same")));
  CHECK(equal_constant_time({}, {}));
  CHECK_FALSE(equal_constant_time(as_bytes("same"), as_bytes("sane")));
  CHECK_FALSE(equal_constant_time(as_bytes("same"), as_bytes("sam")));
}

TEST_CASE("The X-Wing of the library is that of draft-connolly-cfrg-xwing-kem") {
  const Bytes seed = hex_decode("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26").value();
  const Bytes randomness = hex_decode(
                               "3cb1eea988004b93103cfb0aeefd2a686e01fa4a58e8a3639ca8a1e3f9ae57e2"
                               "35b8cc873c23dc62b8d260169afa2f75ab916a58d974918835d25e6a435085b2")
                               .value();
  std::array<std::uint8_t, crypto_kem_xwing_PUBLICKEYBYTES> public_key{};
  std::array<std::uint8_t, crypto_kem_xwing_SECRETKEYBYTES> secret_key{};
  std::array<std::uint8_t, crypto_kem_xwing_CIPHERTEXTBYTES> ciphertext{};
  std::array<std::uint8_t, 32> shared{};
  std::array<std::uint8_t, 32> opened{};
  REQUIRE(crypto_kem_xwing_seed_keypair(public_key.data(), secret_key.data(), seed.data()) == 0);
  REQUIRE(crypto_kem_xwing_enc_deterministic(ciphertext.data(), shared.data(), public_key.data(),
                                             randomness.data()) == 0);
  CHECK(hex_encode(shared) == "d2df0522128f09dd8e2c92b1e905c793d8f57a54c3da25861f10bf4ca613e384");
  REQUIRE(crypto_kem_xwing_dec(opened.data(), ciphertext.data(), secret_key.data()) == 0);
  CHECK(opened == shared);
}
