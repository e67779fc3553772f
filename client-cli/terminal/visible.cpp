// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/terminal/visible.h"

#include <fmt/format.h>

#include <cstdint>
#include <iterator>
#include <optional>

#include "crypto/core/utf8.h"

namespace candour::cli {
namespace {

struct Range {
  char32_t first, last;
};

// Controls, line and paragraph separators, direction marks and overrides, invisible marks, tag characters.
// The joiners U+200C and U+200D stay: Urdu, Panjabi and Bengali are not written without them.
constexpr Range harmful[] = {{0x00, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},     {0x061c, 0x061c},
                             {0x180e, 0x180e}, {0x200b, 0x200b}, {0x200e, 0x200f}, {0x2028, 0x202e},
                             {0x2060, 0x206f}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe007f}};

bool is_harmful(char32_t code) {
  for (const Range& range : harmful) {
    if (code >= range.first && code <= range.last) return true;
  }
  return false;
}

}  // namespace

std::string visible_line(std::string_view untrusted) {
  std::string out;
  out.reserve(untrusted.size());
  while (!untrusted.empty()) {
    std::string_view rest = untrusted;
    const std::optional<char32_t> code = take_code_point(rest);
    if (!code) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<std::uint8_t>(untrusted[0]));
      untrusted.remove_prefix(1);
      continue;
    }
    if (is_harmful(*code)) {
      fmt::format_to(std::back_inserter(out), "\\u{{{:x}}}", static_cast<std::uint32_t>(*code));
    } else {
      out.append(untrusted.substr(0, untrusted.size() - rest.size()));
    }
    untrusted = rest;
  }
  return out;
}

std::string visible_text(std::string_view untrusted, std::string_view indent) {
  std::string out;
  while (true) {
    const std::size_t end = untrusted.find('\n');
    out.append(indent).append(visible_line(untrusted.substr(0, end))).push_back('\n');
    if (end == std::string_view::npos || end + 1 == untrusted.size()) return out;
    untrusted.remove_prefix(end + 1);
  }
}

}  // namespace candour::cli
