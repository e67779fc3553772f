// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/utf8.h"

#include <cstddef>

namespace candour {

std::optional<char32_t> take_code_point(std::string_view& text) {
  if (text.empty()) return std::nullopt;
  const auto at = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
  const char32_t first = at(0);
  std::size_t size = 0;
  char32_t code = 0;
  char32_t lowest = 0;
  if (first < 0x80) {
    size = 1, code = first;
  } else if (first >= 0xC2 && first < 0xE0) {
    size = 2, code = first & 0x1F, lowest = 0x80;
  } else if (first >= 0xE0 && first < 0xF0) {
    size = 3, code = first & 0x0F, lowest = 0x800;
  } else if (first >= 0xF0 && first < 0xF5) {
    size = 4, code = first & 0x07, lowest = 0x10000;
  } else {
    return std::nullopt;
  }
  if (text.size() < size) return std::nullopt;
  for (std::size_t i = 1; i < size; ++i) {
    if ((at(i) & 0xC0) != 0x80) return std::nullopt;
    code = (code << 6) | (at(i) & 0x3F);
  }
  if (code < lowest || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return std::nullopt;
  text.remove_prefix(size);
  return code;
}

bool is_valid_utf8(std::string_view text) {
  while (!text.empty()) {
    if (!take_code_point(text)) return false;
  }
  return true;
}

}  // namespace candour
