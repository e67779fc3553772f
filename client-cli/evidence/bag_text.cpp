// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/evidence/bag_text.h"

#include <algorithm>

#include "client-cli/terminal/visible.h"
#include "crypto/core/encoding.h"
#include "crypto/core/utf8.h"
#include "protocol/lines.h"

namespace candour::cli {
namespace {

constexpr std::size_t digest_digits = 2 * sizeof(Digest);
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return lower(c); });
  return out;
}

std::unexpected<Failure> malformed(std::size_t line, std::string_view what) {
  return fail_with(Errc::malformed, fmt::format("line {}: {}", line, what));
}

// The next line, ended by LF or CR LF, or by the end of the text.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

Outcome<> check_text(std::string_view text) {
  if (text.starts_with(byte_order_mark)) {
    return fail_with(Errc::malformed,
                     "begins with a byte order mark, which is not allowed: other tools read another text.");
  }
  if (!is_valid_utf8(text)) return fail_with(Errc::malformed, "is not UTF-8 text.");
  return {};
}

std::string encode_path(std::string_view path) {
  std::string out;
  for (const char c : path) {
    if (c == '\r' || c == '\n' || c == '%')
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    else
      out += c;
  }
  return out;
}

std::string decode_path(std::string_view path, BagVersion version) {
  std::string out;
  for (std::size_t at = 0; at < path.size(); ++at) {
    const std::string code = path[at] == '%' ? lower(path.substr(at, 3)) : "";
    char c = path[at];
    if (code == "%0d") c = '\r';
    if (code == "%0a") c = '\n';
    const bool decoded = c != path[at] || (code == "%25" && version == BagVersion::v1_0);
    out += c;
    if (decoded) at += 2;
  }
  return out;
}

// Relative, and every part a name: so it cannot leave the bag, and one file has one path.
bool is_inside(std::string_view path) {
  while (true) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (part.empty() || part == "." || part == ".." || part.contains('\0')) return false;
    if (slash == std::string_view::npos) return true;
    path.remove_prefix(slash + 1);
  }
}

}  // namespace

std::string_view bag_declaration() { return "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"; }

std::string encode_bag_manifest(const BagDigests& files) {
  std::string text;
  for (const auto& [path, digest] : files) text += hex_encode(digest) + "  " + encode_path(path) + "\n";
  return text;
}

Outcome<BagVersion> parse_bag_declaration(std::string_view text) {
  if (auto good = check_text(text); !good) return fail(good);
  const std::string_view version = take_line(text);
  const std::string_view encoding = take_line(text);
  if (encoding != "Tag-File-Character-Encoding: UTF-8" || !text.empty()) {
    return fail_with(Errc::unsupported,
                     "does not have the two lines of a bag in UTF-8, BagIt-Version and "
                     "Tag-File-Character-Encoding.");
  }
  if (version == "BagIt-Version: 1.0") return BagVersion::v1_0;
  if (version == "BagIt-Version: 0.97") return BagVersion::v0_97;
  return fail_with(Errc::unsupported, fmt::format("\"{}\" is not a version that is known here (1.0, 0.97).",
                                                  visible_line(version)));
}

Outcome<BagDigests> parse_bag_manifest(std::string_view text, BagVersion version, bool payload) {
  if (auto good = check_text(text); !good) return fail(good);
  BagDigests files;
  for (std::size_t number = 1; !text.empty(); ++number) {
    std::string_view line = take_line(text);
    Digest digest;
    if (line.size() <= digest_digits || !hex_decode_into(lower(line.substr(0, digest_digits)), digest))
      return malformed(number, "does not begin with a SHA-256 of 64 hex digits.");
    line.remove_prefix(digest_digits);
    const std::size_t begin = line.find_first_not_of(" \t");
    if (begin == 0 || begin == std::string_view::npos) return malformed(number, "names no file.");
    std::string path = decode_path(line.substr(begin), version);
    if (!is_inside(path))
      return malformed(
          number, fmt::format("\"{}\" would lead out of the bag, or is no plain path.", visible_line(path)));
    if (path.starts_with("data/") != payload)
      return malformed(number,
                       fmt::format("\"{}\" is {} data/.", visible_line(path), payload ? "not in" : "in"));
    const auto [at, is_new] = files.emplace(std::move(path), digest);
    if (!is_new) return malformed(number, fmt::format("\"{}\" comes twice.", visible_line(at->first)));
  }
  return files;
}

std::string encode_bag_info(const BagInfo& info) {
  std::string text;
  for (const auto& [label, value] : info) text += label + ": " + value + "\n";
  return text;
}

Outcome<BagInfo> parse_bag_info(std::string_view text) {
  if (auto good = check_text(text); !good) return fail(good);
  BagInfo info;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = take_line(text);
    // A value may go on in lines that begin with a blank.
    if (!info.empty() && (line.starts_with(' ') || line.starts_with('\t'))) {
      info.back().second.append("\n").append(line);
      continue;
    }
    const std::size_t colon = line.find(':');
    if (colon == 0 || colon == std::string_view::npos) return malformed(number, "is not \"Label: value\".");
    std::string_view value = line.substr(colon + 1);
    value.remove_prefix(std::min(value.find_first_not_of(" \t"), value.size()));
    info.emplace_back(line.substr(0, colon), value);
  }
  return info;
}

Outcome<std::optional<BagOxum>> oxum_of(const BagInfo& info) {
  std::optional<BagOxum> found;
  for (const auto& [label, value] : info) {
    if (lower(label) != lower(bag_oxum_label)) continue;
    const std::string_view text = value;
    const std::size_t dot = text.find('.');
    const auto bytes = parse_decimal(text.substr(0, dot));
    const auto files = parse_decimal(dot == std::string_view::npos ? "" : text.substr(dot + 1));
    if (found || !bytes || !files)
      return fail_with(Errc::malformed, "Payload-Oxum is not BYTES.FILES, once.");
    found = BagOxum{*bytes, *files};
  }
  return found;
}

}  // namespace candour::cli
