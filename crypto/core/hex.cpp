// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/encoding.h"

namespace candour {
namespace {

int nibble(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

std::string hex_encode(ByteView bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::uint8_t b : bytes) {
    text += digits[b >> 4];
    text += digits[b & 15];
  }
  return text;
}

Result<> hex_decode_into(std::string_view text, std::span<std::uint8_t> out) {
  if (text.size() != out.size() * 2) return fail(Errc::malformed, "Hex text has the wrong length.");
  for (std::size_t i = 0; i < out.size(); ++i) {
    const int high = nibble(text[2 * i]);
    const int low = nibble(text[2 * i + 1]);
    if (high < 0 || low < 0)
      return fail(Errc::malformed, "Hex text may hold only the characters 0-9 and a-f.");
    out[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return {};
}

Result<Bytes> hex_decode(std::string_view text) {
  Bytes out(text.size() / 2);
  if (auto done = hex_decode_into(text, out); !done) return fail(done);
  return out;
}

}  // namespace candour
