// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>

#include "protocol/archive.h"

namespace candour {
namespace {

constexpr std::string_view folder = "attachments/";
constexpr std::size_t extension_characters_max = 8;

bool is_extension(std::string_view text) {
  return !text.empty() && text.size() <= extension_characters_max &&
         std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

}  // namespace

std::string attachment_member(std::size_t number, std::string_view original_name) {
  std::string digits = std::to_string(number);
  digits.insert(0, digits.size() < 3 ? 3 - digits.size() : 0, '0');
  std::string member = std::string(folder) + digits;
  const auto dot = original_name.rfind('.');
  if (dot == std::string_view::npos) return member;
  std::string extension(original_name.substr(dot + 1));
  std::ranges::transform(extension, extension.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (is_extension(extension)) member += '.' + extension;
  return member;
}

std::size_t attachment_number(std::string_view member) {
  if (!member.starts_with(folder)) return 0;
  member.remove_prefix(folder.size());
  if (member.size() < 3) return 0;
  std::size_t number = 0;
  for (const char c : member.substr(0, 3)) {
    if (c < '0' || c > '9') return 0;
    number = number * 10 + static_cast<std::size_t>(c - '0');
  }
  member.remove_prefix(3);
  if (!member.empty() && (member.front() != '.' || !is_extension(member.substr(1)))) return 0;
  return number;
}

}  // namespace candour
