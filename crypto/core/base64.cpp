// SPDX-License-Identifier: AGPL-3.0-or-later
// Arithmetic instead of tables: the same code reads and writes secrets, and table look-ups leave traces in
// the cache.
#include "crypto/core/encoding.h"

#include <sodium.h>

#include <array>

namespace candour {
namespace {

// All ones where first <= c <= last, else zero. All three are below 2^31.
constexpr unsigned in_range(unsigned c, unsigned first, unsigned last) {
  return (((c - first) | (last - c)) >> 31) - 1U;
}

constexpr char to_character(unsigned v) {
  return static_cast<char>((in_range(v, 0, 25) & (v + 'A')) | (in_range(v, 26, 51) & (v - 26 + 'a')) |
                           (in_range(v, 52, 61) & (v - 52 + '0')) | (in_range(v, 62, 62) & '+') |
                           (in_range(v, 63, 63) & '/'));
}

// 0-63, or a number with bit 8 set where the character is not of the alphabet.
constexpr unsigned to_value(char character) {
  const unsigned c = static_cast<unsigned char>(character);
  const unsigned known = in_range(c, 'A', 'Z') | in_range(c, 'a', 'z') | in_range(c, '0', '9') |
                         in_range(c, '+', '+') | in_range(c, '/', '/');
  return (in_range(c, 'A', 'Z') & (c - 'A')) | (in_range(c, 'a', 'z') & (c - 'a' + 26)) |
         (in_range(c, '0', '9') & (c - '0' + 52)) | (in_range(c, '+', '+') & 62) |
         (in_range(c, '/', '/') & 63) | (~known & 0x100U);
}

// A block of text, as long as a line of an age file: in loops of a known length the compiler works on several characters at
// once, and a report's header has some 17,000.
constexpr std::size_t block_characters = 64;
constexpr std::size_t block_bytes = block_characters / 4 * 3;
using Values = std::array<unsigned, block_characters>;

// With bit 8 set where a character is not of the alphabet.
unsigned decode_block(std::span<const char, block_characters> text, std::span<std::uint8_t, block_bytes> out,
                      Values& values) {
  unsigned all = 0;
  for (std::size_t i = 0; i < block_characters; ++i) values[i] = to_value(text[i]);
  for (std::size_t i = 0; i < block_characters; ++i) all |= values[i];
  for (std::size_t i = 0; i < block_characters / 4; ++i) {
    const unsigned bits = (values[4 * i] & 63) << 18 | (values[4 * i + 1] & 63) << 12 |
                          (values[4 * i + 2] & 63) << 6 | (values[4 * i + 3] & 63);
    out[3 * i] = static_cast<std::uint8_t>(bits >> 16);
    out[3 * i + 1] = static_cast<std::uint8_t>(bits >> 8);
    out[3 * i + 2] = static_cast<std::uint8_t>(bits);
  }
  return all;
}

// Bytes that an unpadded text of this length holds; no such text has a remainder of 1.
constexpr std::size_t raw_decoded_size(std::size_t characters) {
  return characters / 4 * 3 + characters % 4 * 3 / 4;
}

Result<std::string_view> without_padding(std::string_view text) {
  if (text.size() % 4 != 0)
    return fail(Errc::malformed, "Base64 text must be padded to a multiple of four characters.");
  if (text.ends_with("==")) return text.substr(0, text.size() - 2);
  if (text.ends_with('=')) return text.substr(0, text.size() - 1);
  return text;
}

}  // namespace

std::string base64_raw_encode(ByteView bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  unsigned buffer = 0;
  unsigned bits = 0;
  for (const std::uint8_t b : bytes) {
    buffer = (buffer << 8) | b;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      text += to_character((buffer >> bits) & 63);
    }
    buffer &= 0xFF;
  }
  if (bits > 0) text += to_character((buffer << (6 - bits)) & 63);
  return text;
}

Result<> base64_raw_decode_into(std::string_view text, std::span<std::uint8_t> out) {
  if (text.size() % 4 == 1 || raw_decoded_size(text.size()) != out.size()) {
    return fail(Errc::malformed, "Base64 text has the wrong length.");
  }
  unsigned buffer = 0;
  unsigned bits = 0;
  unsigned wrong = 0;
  std::size_t at = 0;
  Values values;
  for (; text.size() >= block_characters; text.remove_prefix(block_characters), at += block_bytes) {
    wrong |=
        decode_block(std::span(text).first<block_characters>(), out.subspan(at).first<block_bytes>(), values);
  }
  sodium_memzero(values.data(), sizeof values);  // it may have been a secret
  for (const char c : text) {
    const unsigned value = to_value(c);
    wrong |= value;
    buffer = ((buffer << 6) | (value & 63)) & 0xFFFF;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[at++] = static_cast<std::uint8_t>(buffer >> bits);
    }
  }
  if ((wrong & 0x100U) != 0)
    return fail(Errc::malformed, "Base64 text holds a character outside A-Z, a-z, 0-9, + and /.");
  if ((buffer & ((1U << bits) - 1U)) != 0)
    return fail(Errc::malformed, "Base64 text is not canonical: its last bits are not zero.");
  return {};
}

Result<Bytes> base64_raw_decode(std::string_view text) {
  Bytes out(raw_decoded_size(text.size()));
  if (auto done = base64_raw_decode_into(text, out); !done) return fail(done);
  return out;
}

std::string base64_encode(ByteView bytes) {
  std::string text = base64_raw_encode(bytes);
  while (text.size() % 4 != 0) text += '=';
  return text;
}

Result<> base64_decode_into(std::string_view text, std::span<std::uint8_t> out) {
  const auto raw = without_padding(text);
  if (!raw) return fail(raw);
  return base64_raw_decode_into(*raw, out);
}

Result<Bytes> base64_decode(std::string_view text) {
  const auto raw = without_padding(text);
  if (!raw) return fail(raw);
  return base64_raw_decode(*raw);
}

}  // namespace candour
