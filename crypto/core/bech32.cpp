// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/bech32.h"

#include <algorithm>

namespace candour {
namespace {

constexpr std::string_view alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t checksum_characters = 6;

class Checksum {
 public:
  explicit Checksum(std::string_view hrp) {
    for (const char c : hrp) add(static_cast<unsigned char>(c) >> 5);
    add(0);
    for (const char c : hrp) add(static_cast<unsigned char>(c) & 31U);
  }
  void add(std::uint32_t value) {
    const std::uint32_t top = state_ >> 25;
    state_ = ((state_ & 0x1FFFFFF) << 5) ^ value;
    static constexpr std::uint32_t generator[] = {0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3};
    for (unsigned i = 0; i < 5; ++i) state_ ^= generator[i] & (0U - ((top >> i) & 1U));
  }
  std::uint32_t state() const { return state_; }

 private:
  std::uint32_t state_ = 1;
};

std::size_t encoded_size(std::size_t hrp, std::size_t data) {
  return hrp + 1 + (data * 8 + 4) / 5 + checksum_characters;
}

// Writes encoded_size() characters.
void encode_into(std::string_view hrp, std::span<const std::uint8_t> data, std::uint8_t* out) {
  for (const char c : hrp) *out++ = static_cast<std::uint8_t>(c);
  *out++ = '1';
  Checksum checksum(hrp);
  const auto put = [&](unsigned value) {
    checksum.add(value);
    *out++ = static_cast<std::uint8_t>(alphabet[value]);
  };
  unsigned buffer = 0;
  unsigned bits = 0;
  for (const std::uint8_t b : data) {
    buffer = ((buffer << 8) | b) & 0xFFFF;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      put((buffer >> bits) & 31);
    }
  }
  if (bits > 0) put((buffer << (5 - bits)) & 31);
  for (std::size_t i = 0; i < checksum_characters; ++i) checksum.add(0);
  const std::uint32_t sum = checksum.state() ^ 1;
  for (unsigned i = 0; i < checksum_characters; ++i)
    *out++ = static_cast<std::uint8_t>(alphabet[(sum >> (5 * (5 - i))) & 31]);
}

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::string bech32_encode(std::string_view hrp, ByteView data) {
  std::string text(encoded_size(hrp.size(), data.size()), '\0');
  encode_into(hrp, data, reinterpret_cast<std::uint8_t*>(text.data()));
  return text;
}

SecretBytes bech32_encode_secret(std::string_view hrp, std::span<const std::uint8_t> data) {
  SecretBytes text(encoded_size(hrp.size(), data.size()));
  encode_into(hrp, data, text.writable().data());
  for (std::uint8_t& c : text.writable()) {
    if (is_lower(static_cast<char>(c))) c = static_cast<std::uint8_t>(c - 'a' + 'A');
  }
  return text;
}

Result<> bech32_decode_into(std::string_view text, std::string_view hrp, std::span<std::uint8_t> out) {
  if (text.size() > bech32_characters_max)
    return fail(Errc::too_large, "The key is too long to be one. Check that only one key was given.");
  if (std::ranges::any_of(text, is_upper) && std::ranges::any_of(text, is_lower)) {
    return fail(Errc::malformed, "The key mixes upper and lower case. Copy it again, without changes.");
  }
  const std::size_t separator = text.rfind('1');
  if (separator == std::string_view::npos || separator == 0 ||
      text.size() - separator - 1 < checksum_characters) {
    return fail(Errc::malformed, "The key is incomplete. Copy it again, whole.");
  }
  if (!std::ranges::equal(text.substr(0, separator), hrp, {}, lower)) {
    return fail(Errc::malformed, "The key is of another kind than is needed here.");
  }
  const std::string_view data = text.substr(separator + 1, text.size() - separator - 1 - checksum_characters);
  Checksum checksum(hrp);
  unsigned buffer = 0;
  unsigned bits = 0;
  std::size_t written = 0;
  bool fits = true;
  for (std::size_t i = separator + 1; i < text.size(); ++i) {
    const std::size_t value = alphabet.find(lower(text[i]));
    if (value == std::string_view::npos)
      return fail(Errc::malformed,
                  "The key holds a character that no key has. Copy it again, without changes.");
    checksum.add(static_cast<std::uint32_t>(value));
    if (i - separator - 1 >= data.size()) continue;
    buffer = ((buffer << 5) | static_cast<unsigned>(value)) & 0xFFFF;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      if (written < out.size()) out[written] = static_cast<std::uint8_t>((buffer >> bits) & 0xFF);
      fits = ++written <= out.size();
    }
  }
  if (checksum.state() != 1)
    return fail(Errc::malformed,
                "The key has a typing mistake: its checksum is wrong. Copy it again, without changes.");
  if (bits >= 5 || (buffer & ((1U << bits) - 1U)) != 0)
    return fail(Errc::malformed,
                "The key is not encoded as it should be. Make it again with the program it comes from.");
  if (!fits || written != out.size())
    return fail(Errc::malformed, "The key has the wrong size for its kind. Copy it again, whole.");
  return {};
}

}  // namespace candour
