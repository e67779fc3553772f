// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/encoding.h"

namespace candour {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// 0-31; -1 where the character is not one that stands for a digit.
int value_of(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') c = '0';
  if (c == 'I' || c == 'L') c = '1';
  const std::size_t at = alphabet.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

std::string crockford_encode(ByteView bytes) {
  std::string text;
  text.reserve((bytes.size() * 8 + 4) / 5);
  unsigned buffer = 0;
  unsigned bits = 0;
  for (const std::uint8_t b : bytes) {
    buffer = ((buffer << 8) | b) & 0xFFFF;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(buffer >> bits) & 31];
    }
  }
  if (bits > 0) text += alphabet[(buffer << (5 - bits)) & 31];
  return text;
}

Result<Bytes> crockford_decode(std::string_view text, std::size_t size_bytes) {
  Bytes out;
  unsigned buffer = 0;
  unsigned bits = 0;
  std::size_t characters = 0;
  for (const char c : text) {
    if (c == '-' || c == ' ') continue;
    const int value = value_of(c);
    if (value < 0)
      return fail(Errc::malformed,
                  "The code holds a character that is not used in such codes. Check each character.");
    if (++characters > (size_bytes * 8 + 4) / 5) break;
    buffer = ((buffer << 5) | static_cast<unsigned>(value)) & 0xFFFF;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out.push_back(static_cast<std::uint8_t>((buffer >> bits) & 0xFF));
    }
  }
  if (characters != (size_bytes * 8 + 4) / 5)
    return fail(Errc::malformed,
                "The code has the wrong length. Check that no character is missing or doubled.");
  if ((buffer & ((1U << bits) - 1U)) != 0)
    return fail(Errc::malformed, "The last character of the code is wrong. Check it.");
  return out;
}

}  // namespace candour
