// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/setup/origin_line.h"

#include <ranges>

namespace candour::cli {
namespace {

std::string_view without_blanks(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  return line;
}

bool is_origin(std::string_view line) {
  constexpr std::string_view key = "origin";
  return line.starts_with(key) && without_blanks(line.substr(key.size())).starts_with('=');
}

}  // namespace

std::optional<std::string> with_origin(std::string_view toml, std::string_view origin) {
  bool in_desk = false;
  for (const auto part : std::views::split(toml, '\n')) {
    const std::string_view whole(part);
    const std::string_view line = without_blanks(whole);
    if (line.starts_with('[')) in_desk = line.starts_with("[desk]");
    if (!in_desk || !is_origin(line)) continue;
    const auto begin = static_cast<std::size_t>(whole.data() - toml.data());
    std::string changed(toml.substr(0, begin));
    changed += "origin = \"";
    changed += origin;
    changed += '"';
    return changed.append(toml.substr(begin + whole.size()));
  }
  return std::nullopt;
}

}  // namespace candour::cli
