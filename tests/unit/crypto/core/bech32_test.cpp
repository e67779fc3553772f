// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/bech32.h"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "crypto/core/encoding.h"
#include "crypto/core/random.h"

using namespace candour;

TEST_CASE("bech32 reads the vectors of BIP 173") {
  CHECK(bech32_decode_into("A12UEL5L", "a", {}));
  CHECK(bech32_decode_into("a12uel5l", "a", {}));
  CHECK(bech32_decode_into(
      "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
      "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio", {}));
  Bytes data(20);
  REQUIRE(bech32_decode_into("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", "abcdef", data));
  CHECK(hex_encode(data) == "00443214c74254b635cf84653a56d7c675be77df");
  CHECK(bech32_encode("abcdef", data) == "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw");
}

TEST_CASE("bech32 refuses what BIP 173 calls invalid") {
  for (const char* wrong : {"pzry9x0s0muk", "1pzry9x0s0muk", "x1b4n0q5v", "li1dgmt3", "A1G7SGD8", "10a06t8",
                            "1qzzfhee", "a12UEL5L", "", "1", "a1"}) {
    INFO(wrong);
    CHECK_FALSE(bech32_decode_into(wrong, "a", {}));
  }
}

TEST_CASE("bech32 finds each wrong character") {
  const Bytes data{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  const std::string text = bech32_encode("age", data);
  Bytes out(10);
  REQUIRE(bech32_decode_into(text, "age", out));
  CHECK(out == data);
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string wrong = text;
    wrong[i] = wrong[i] == 'q' ? 'p' : 'q';
    CHECK_FALSE(bech32_decode_into(wrong, "age", out));
    CHECK_FALSE(bech32_decode_into(text.substr(0, i), "age", out));
  }
}

TEST_CASE("bech32 takes exactly the size and kind that is asked for") {
  const std::string text = bech32_encode("age", Bytes(10));
  Bytes out(10);
  Bytes shorter(9);
  Bytes longer(11);
  CHECK(bech32_decode_into(text, "age", out));
  CHECK_FALSE(bech32_decode_into(text, "age", shorter));
  CHECK_FALSE(bech32_decode_into(text, "age", longer));
  CHECK_FALSE(bech32_decode_into(text, "age1pq", out));
  CHECK(bech32_decode_into(std::string(9000, 'q'), "age", out).error().code == Errc::too_large);
}

TEST_CASE("bech32 writes secrets in upper case, and reads them back at every length") {
  for (std::size_t size = 0; size < 100; ++size) {
    Bytes data(size);
    fill_random(data);
    const SecretBytes text = bech32_encode_secret("age-secret-key-", data);
    CHECK(as_text(text.reveal()).starts_with("AGE-SECRET-KEY-1"));
    Bytes out(size);
    REQUIRE(bech32_decode_into(as_text(text.reveal()), "age-secret-key-", out));
    CHECK(out == data);
  }
}
