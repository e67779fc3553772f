// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads the line-by-line texts of the protocol (pin, manifest, receipt …) strictly: every line ends with one line
// feed, fields come as "key value" in a fixed order, and nothing else is skipped over. Views into the text given.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace candour {

class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  // What has not been read, whatever is in it.
  std::string_view rest() const { return rest_; }
  // The next line, without its line feed; nothing where there is none.
  std::optional<std::string_view> next() {
    const auto end = rest_.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const auto line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return line;
  }
  // Takes the next line where it is exactly `line`.
  bool take(std::string_view line) {
    if (!rest_.starts_with(line) || !rest_.substr(line.size()).starts_with('\n')) return false;
    rest_.remove_prefix(line.size() + 1);
    return true;
  }
  // Takes the next line where it is "key value", and gives the value.
  std::optional<std::string_view> field(std::string_view key) {
    if (!rest_.starts_with(key) || !rest_.substr(key.size()).starts_with(' ')) return std::nullopt;
    const auto line = next();
    if (!line) return std::nullopt;
    return line->substr(key.size() + 1);
  }

 private:
  std::string_view rest_;
};

// Decimal without sign or leading zeros.
inline std::optional<std::uint64_t> parse_decimal(std::string_view text) {
  std::uint64_t value = 0;
  const auto [at, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || at != text.data() + text.size()) return std::nullopt;
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  return value;
}

}  // namespace candour
