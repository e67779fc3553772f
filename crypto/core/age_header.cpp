// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/age_header.h"

#include <algorithm>

#include "crypto/core/encoding.h"

namespace candour {
namespace {

constexpr std::string_view version_prefix = "age-encryption.org/";
constexpr std::size_t body_columns = 64;

bool is_visible(char c) { return c > 0x20 && c < 0x7F; }

// Takes lines off the front of a prefix of the file.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}
  // Without its line feed; nothing where the line does not end within the prefix.
  std::optional<std::string_view> next() {
    const std::size_t end = text_.find('\n', at_);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = text_.substr(at_, end - at_);
    at_ = end + 1;
    return line;
  }
  std::size_t position() const { return at_; }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

Result<std::vector<std::string>> parse_arguments(std::string_view line) {
  std::vector<std::string> arguments;
  for (;;) {
    const std::size_t space = line.find(' ');
    const std::string_view argument = line.substr(0, space);
    if (argument.empty() || !std::ranges::all_of(argument, is_visible)) {
      return fail(Errc::malformed,
                  "The age header has a stanza with an empty or unreadable argument. The file is damaged.");
    }
    arguments.emplace_back(argument);
    if (space == std::string_view::npos) return arguments;
    line.remove_prefix(space + 1);
  }
}

// Body lines after an argument line; nothing where they go on after the prefix.
Result<std::optional<Bytes>> parse_body(Lines& lines) {
  Bytes body;
  for (;;) {
    const auto line = lines.next();
    if (!line) return std::nullopt;
    if (line->size() > body_columns)
      return fail(Errc::malformed,
                  "The age header has a body line of more than 64 characters. The file is damaged.");
    const auto bytes = base64_raw_decode(*line);
    if (!bytes)
      return fail(Errc::malformed,
                  "The age header has a body line that is not canonical base64. The file is damaged.");
    append(body, *bytes);
    if (line->size() < body_columns) return body;
  }
}

Result<> parse_mac(std::string_view line, std::span<std::uint8_t> mac) {
  if (!line.starts_with("--- ") || !base64_raw_decode_into(line.substr(4), mac)) {
    return fail(Errc::malformed, "The age header has no well-formed MAC line. The file is damaged.");
  }
  return {};
}

Result<> check_version(ByteView prefix) {
  const std::string_view start = as_text(prefix.first(std::min(prefix.size(), age_version_line.size())));
  if (age_version_line.starts_with(start)) return {};
  if (start.starts_with(version_prefix)) {
    return fail(Errc::unsupported,
                "The file has another version of the age format than v1. Open it with a newer program.");
  }
  return fail(Errc::malformed, "This is not an age file: it does not begin with the age version line.");
}

}  // namespace

Result<std::optional<AgeHeader>> parse_age_header(ByteView prefix) {
  if (auto version = check_version(prefix); !version) return fail(version);
  const bool longest = prefix.size() >= age_header_bytes_max;
  prefix = prefix.first(std::min(prefix.size(), age_header_bytes_max));
  const auto more = [&]() -> Result<std::optional<AgeHeader>> {
    if (longest) return fail(Errc::too_large, "The age header is longer than 1 MiB.");
    return std::nullopt;
  };
  Lines lines(as_text(prefix));
  AgeHeader header;
  if (!lines.next()) return more();
  for (;;) {
    const std::size_t line_start = lines.position();
    const auto line = lines.next();
    if (!line) return more();
    if (line->starts_with("---")) {
      if (header.stanzas.empty())
        return fail(Errc::malformed, "The age header has no recipient stanza. The file is damaged.");
      if (auto mac = parse_mac(*line, header.mac); !mac) return fail(mac);
      header.mac_bytes = line_start + 3;
      header.size_bytes = lines.position();
      return header;
    }
    if (!line->starts_with("-> "))
      return fail(Errc::malformed,
                  "The age header has a line that belongs to no stanza. The file is damaged.");
    auto arguments = parse_arguments(line->substr(3));
    if (!arguments) return fail(arguments);
    auto body = parse_body(lines);
    if (!body) return fail(body);
    if (!*body) return more();
    header.stanzas.push_back({std::move(*arguments), std::move(**body)});
  }
}

std::string encode_age_stanza(const AgeStanza& stanza) {
  std::string out = "->";
  for (const std::string& argument : stanza.arguments) out += " " + argument;
  out += '\n';
  const std::string body = base64_raw_encode(stanza.body);
  std::size_t at = 0;
  for (; body.size() - at >= body_columns; at += body_columns) {
    out.append(body, at, body_columns);
    out += '\n';
  }
  out.append(body, at);
  out += '\n';
  return out;
}

std::string encode_age_header_for_mac(std::span<const AgeStanza> stanzas) {
  std::string out(age_version_line);
  for (const AgeStanza& stanza : stanzas) out += encode_age_stanza(stanza);
  out += "---";
  return out;
}

std::string encode_age_mac_line_end(const std::array<std::uint8_t, 32>& mac) {
  return " " + base64_raw_encode(mac) + "\n";
}

}  // namespace candour
