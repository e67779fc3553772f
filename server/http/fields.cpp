// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/http/fields.h"

#include <algorithm>
#include <cstddef>

namespace candour::server {
namespace {

constexpr std::size_t kDecimalDigitsMax = 18;

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '/';
}

}  // namespace

Result<Target> parse_target(std::string_view target) {
  if (target.empty() || target.front() != '/') {
    return fail(Errc::malformed, "the request target does not begin with a slash. Send it in origin form.");
  }
  const std::size_t question = std::min(target.find('?'), target.size());
  const std::string_view path = target.substr(0, question);
  const std::string_view query = target.substr(std::min(question + 1, target.size()));
  if (!std::ranges::all_of(path, is_plain) ||
      !std::ranges::all_of(query, [](char c) { return is_plain(c) || c == '=' || c == '&'; })) {
    return fail(Errc::malformed,
                "the request target holds a character that no address here needs. Check it.");
  }
  return Target{std::string(path), std::string(query)};
}

std::optional<std::string_view> query_value(std::string_view query, std::string_view name) {
  std::optional<std::string_view> found;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
    if (found) return std::nullopt;
    found = pair.substr(equals + 1);
  }
  return found;
}

bool is_hex(std::string_view text, std::size_t digits) {
  return text.size() == digits &&
         std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::optional<std::uint64_t> parse_decimal(std::string_view text) {
  if (text.empty() || text.size() > kDecimalDigitsMax || (text.size() > 1 && text.front() == '0'))
    return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

std::optional<std::uint64_t> parse_range(std::string_view range) {
  constexpr std::string_view unit = "bytes=";
  if (!range.starts_with(unit) || !range.ends_with('-')) return std::nullopt;
  range.remove_prefix(unit.size());
  range.remove_suffix(1);
  return parse_decimal(range);
}

}  // namespace candour::server
