// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/identifier_text.h"

#include <algorithm>
#include <array>
#include <span>

#include "crypto/core/utf8.h"
#include "protocol/identifier_tables.h"
#include "protocol/limits.h"

namespace candour::identifier {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

constexpr auto unseen = std::to_array<Range>({{0xAD, 0xAD},
                                              {0x34F, 0x34F},
                                              {0x200B, 0x200F},
                                              {0x202A, 0x202E},
                                              {0x2060, 0x2064},
                                              {0x2066, 0x2069},
                                              {0xFEFF, 0xFEFF}});
constexpr auto white_space = std::to_array<Range>({{0x09, 0x0D},
                                                   {0x20, 0x20},
                                                   {0x85, 0x85},
                                                   {0xA0, 0xA0},
                                                   {0x1680, 0x1680},
                                                   {0x2000, 0x200A},
                                                   {0x2028, 0x2029},
                                                   {0x202F, 0x202F},
                                                   {0x205F, 0x205F},
                                                   {0x3000, 0x3000}});
constexpr auto control = std::to_array<Range>({{0x00, 0x1F}, {0x7F, 0x9F}});
constexpr auto hyphens =
    std::to_array<Range>({{0x2010, 0x2015}, {0x2212, 0x2212}, {0xFE58, 0xFE58}, {0xFE63, 0xFE63}});
constexpr auto apostrophes = std::to_array<Range>({{0x60, 0x60},
                                                   {0xB4, 0xB4},
                                                   {0x2B9, 0x2B9},
                                                   {0x2BB, 0x2BC},
                                                   {0x2018, 0x2019},
                                                   {0x201B, 0x201B},
                                                   {0x2032, 0x2032}});
constexpr Range full_width = {0xFF01, 0xFF5E};
constexpr char32_t full_width_offset = 0xFF01 - 0x21;
constexpr Range combining = {0x300, 0x36F};

bool is_in(char32_t c, std::span<const Range> ranges) {
  return std::ranges::any_of(ranges, [&](const Range& range) { return c >= range.first && c <= range.last; });
}

bool is_in(char32_t c, const Range& range) { return is_in(c, std::span(&range, 1)); }

}  // namespace

NormalField plain_text(std::string_view typed) {
  std::string text;
  std::size_t characters = 0;
  bool space_before_next = false;
  while (!typed.empty()) {
    const auto from = typed;
    const auto taken = take_code_point(typed);
    if (!taken) return std::unexpected(IdentifierFault::unreadable);
    const auto c = is_in(*taken, full_width) ? *taken - full_width_offset : *taken;
    const bool is_space = is_in(c, white_space);
    if (is_in(c, control) && !is_space) return std::unexpected(IdentifierFault::unreadable);
    ++characters;
    if (is_space) space_before_next = true;
    if (is_space || is_in(c, unseen)) continue;
    if (space_before_next && !text.empty()) text += ' ';
    space_before_next = false;
    if (is_in(c, hyphens)) {
      text += '-';
    } else if (is_in(c, apostrophes)) {
      text += '\'';
    } else if (c < 0x80) {
      text += static_cast<char>(c);
    } else {
      text += from.substr(0, from.size() - typed.size());
    }
  }
  if (characters > limits::identifier_characters_max) return std::unexpected(IdentifierFault::too_long);
  if (text.empty()) return std::unexpected(IdentifierFault::missing);
  return text;
}

std::optional<std::string_view> folded(char32_t letter) {
  static constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz";
  if (is_in(letter, combining)) return "";
  if (letter >= U'a' && letter <= U'z') return alphabet.substr(letter - U'a', 1);
  if (letter >= U'A' && letter <= U'Z') return alphabet.substr(letter - U'A', 1);
  const auto& letters = identifier_letters();
  const auto at = letters.find(letter);
  if (at == letters.end()) return std::nullopt;
  return at->second;
}

bool is_account_placeholder(std::string_view name) {
  const auto& words = identifier_words();
  return words.placeholders.contains(name) || words.account_placeholders.contains(name);
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

std::string to_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (is_upper(c)) c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::string to_upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) {
    if (is_lower(c)) c = static_cast<char>(c - 'a' + 'A');
  }
  return upper;
}

std::string letters_and_digits(std::string_view text) {
  std::string kept = to_lower(text);
  std::erase_if(kept, [](char c) { return !is_lower(c) && !is_digit(c); });
  return kept;
}

std::string without(std::string_view text, std::string_view characters) {
  std::string rest(text);
  std::erase_if(rest, [&](char c) { return characters.contains(c); });
  return rest;
}

std::vector<std::string> parts(std::string_view text, char separator) {
  std::vector<std::string> found;
  while (!text.empty()) {
    const auto part = text.substr(0, text.find(separator));
    if (!part.empty()) found.emplace_back(part);
    text.remove_prefix(std::min(text.size(), part.size() + 1));
  }
  return found;
}

}  // namespace candour::identifier
