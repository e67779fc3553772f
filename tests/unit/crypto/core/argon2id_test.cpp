// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/argon2id.h"

#include <catch2/catch_test_macros.hpp>
#include <numeric>
#include <string_view>

#include "crypto/core/bytes.h"
#include "crypto/core/encoding.h"

using namespace candour;

TEST_CASE("Argon2id gives what another implementation gives") {
  // Made with @noble/hashes 1.x: argon2id, version 0x13, one lane, 32 bytes.
  struct Vector {
    std::string_view passphrase;
    Argon2idCost cost;
    std::string_view key;
  };
  Argon2idSalt salt;
  std::iota(salt.begin(), salt.end(), std::uint8_t{0});
  for (const Vector& vector : {Vector{"correct horse battery staple",
                                      {8192, 1},
                                      "9aeef75313e585f492c33c5e12d82e9ad253b7dd78632d537e899cd4eddd789c"},
                               Vector{"p\xc3\xa4ssword of an operator",
                                      {1024, 3},
                                      "76bd93e6f380b24f661afc1115296acb0b07e3b1c98b078fb34ac75c68bef322"}}) {
    const auto key = argon2id(SecretBytes::copy_of(as_bytes(vector.passphrase)), salt, vector.cost);
    REQUIRE(key);
    CHECK(hex_encode(key->reveal()) == vector.key);
  }
}

TEST_CASE("a cost that is no protection is refused") {
  CHECK(argon2id(SecretBytes(8), {}, {.memory_kib = 1, .passes = 1}).error().code == Errc::unsupported);
  CHECK(argon2id(SecretBytes(8), {}, {.memory_kib = 1024, .passes = 0}).error().code == Errc::unsupported);
}
