// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/encoding.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "crypto/core/random.h"

using namespace candour;

TEST_CASE("hex writes lower case and reads nothing else") {
  const Bytes bytes{0x00, 0x1f, 0xAB, 0xff};
  CHECK(hex_encode(bytes) == "001fabff");
  CHECK(hex_decode("001fabff") == bytes);
  for (const char* wrong : {"0", "0g", "AB", " 00", "00 ", "0x00"}) CHECK_FALSE(hex_decode(wrong));
}

TEST_CASE("base64 agrees with the vectors of RFC 4648") {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, text] : vectors) {
    std::string raw = text;
    while (raw.ends_with('=')) raw.pop_back();
    CHECK(base64_encode(as_bytes(plain)) == text);
    CHECK(base64_raw_encode(as_bytes(plain)) == raw);
    CHECK(as_text(base64_decode(text).value()) == plain);
    CHECK(as_text(base64_raw_decode(raw).value()) == plain);
  }
}

TEST_CASE("base64 has one text for each value") {
  for (const char* wrong : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm8",
                            "Z===", "====", "Zg==Zg==", " Zg==", "Zg==\n", "Z-_=", "Zm9v\n", "Zm\n9v", "A"}) {
    INFO(wrong);
    CHECK_FALSE(base64_decode(wrong));
  }
  for (const char* wrong : {"Zg==", "Zh", "Zm9", "A", "Zm9vA", "Z g", "Zg\r"}) {
    INFO(wrong);
    CHECK_FALSE(base64_raw_decode(wrong));
  }
}

TEST_CASE("base64 alphabet is the standard one, each way") {
  static constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (unsigned c = 0; c < 256; ++c) {
    const std::string text{static_cast<char>(c), 'A', 'A', 'A'};
    const std::size_t value = alphabet.find(static_cast<char>(c));
    const auto bytes = base64_raw_decode(text);
    REQUIRE(bytes.has_value() == (value != std::string_view::npos));
    if (!bytes) continue;
    CHECK(bytes->front() >> 2 == static_cast<int>(value));
    CHECK(base64_raw_encode(*bytes) == text);
  }
}

TEST_CASE("base64 of several lines: each byte in its place, and no character that is wrong passes") {
  Bytes bytes(150);  // 200 characters: three blocks, and a rest
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i * 7 + i / 3);
  const std::string text = base64_raw_encode(bytes);
  REQUIRE(base64_raw_decode(text) == bytes);
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string wrong = text;
    wrong[at] = at % 2 == 0 ? '\n' : '-';
    INFO(at);
    CHECK_FALSE(base64_raw_decode(wrong));
  }
}

TEST_CASE("base64 into fixed memory takes exactly its size") {
  std::array<std::uint8_t, 3> out{};
  CHECK(base64_decode_into("Zm9v", out));
  CHECK_FALSE(base64_decode_into("Zm8=", out));
  CHECK_FALSE(base64_decode_into("Zm9vYg==", out));
}

TEST_CASE("Crockford base32 forgives what people do, and nothing else") {
  const Bytes code{0x4A, 0x1C, 0x09, 0xF2, 0x33, 0x80, 0x5E, 0x7D, 0xFF, 0x01};
  const std::string text = crockford_encode(code);
  REQUIRE(text.size() == 16);
  CHECK(crockford_decode(text, 10) == code);
  std::string typed;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '0') c = i % 2 == 0 ? 'o' : 'O';
    if (c == '1') c = i % 2 == 0 ? 'l' : 'I';
    typed += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (i % 4 == 3) typed += i % 8 == 3 ? '-' : ' ';
  }
  CHECK(crockford_decode(typed, 10) == code);
  CHECK_FALSE(crockford_decode(text.substr(1), 10));
  CHECK_FALSE(crockford_decode(text + "0", 10));
  CHECK_FALSE(crockford_decode("U" + text.substr(1), 10));
  CHECK_FALSE(crockford_decode("!" + text.substr(1), 10));
  CHECK(crockford_decode("ZW", 1) == Bytes{0xFF});
  CHECK_FALSE(crockford_decode("ZX", 1));  // filling bits
}

TEST_CASE("Every length goes through every encoding and back") {
  for (std::size_t size = 0; size < 200; ++size) {
    Bytes bytes(size);
    fill_random(bytes);
    CHECK(hex_decode(hex_encode(bytes)) == bytes);
    CHECK(base64_decode(base64_encode(bytes)) == bytes);
    CHECK(base64_raw_decode(base64_raw_encode(bytes)) == bytes);
    CHECK(crockford_decode(crockford_encode(bytes), size) == bytes);
  }
}
