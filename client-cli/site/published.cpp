// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/site/published.h"

#include <algorithm>
#include <set>

#include "crypto/core/encoding.h"
#include "protocol/json.h"

namespace candour::cli {
namespace {

constexpr Literal not_published =
    "is neither a sha256sums.txt nor a WEBCAT manifest of a page. Take the file that was published with the "
    "release";
constexpr std::size_t path_bytes_max = 200;
constexpr std::size_t policy_bytes_max = 4000;
constexpr std::size_t json_depth_max = 32;
constexpr std::size_t hex_digits = 2 * sizeof(Digest);

// What a request of ours may spell, so that no manifest makes us ask for anything else.
bool is_path(std::string_view path) {
  return path.size() > 1 && path.size() <= path_bytes_max && path.front() == '/' &&
         std::ranges::all_of(path, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                  c == '.' || c == '_' || c == '/';
         });
}

Result<Published> checked(Published published) {
  std::set<std::string_view> paths;
  for (const PublishedFile& file : published.files)
    if (!is_path(file.path) || !paths.insert(file.path).second) return fail(Errc::malformed, not_published);
  if (published.files.size() > published_files_max || !paths.contains("/index.html"))
    return fail(Errc::malformed, not_published);
  return published;
}

// Lines of `sha256sum`: HEX, two blanks, the name.
Result<Published> parse_sums(std::string_view text) {
  Published published;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    PublishedFile file;
    if (line.size() < hex_digits + 3 || line.substr(hex_digits, 2) != "  " ||
        !hex_decode_into(line.substr(0, hex_digits), file.sha256))
      return fail(Errc::malformed, not_published);
    file.path = "/" + std::string(line.substr(hex_digits + 2));
    published.files.push_back(std::move(file));
  }
  return checked(std::move(published));
}

Result<> base64url_decode_into(std::string text, Digest& out) {
  std::ranges::replace(text, '-', '+');
  std::ranges::replace(text, '_', '/');
  return base64_raw_decode_into(text, out);
}

// The manifest itself, or what holds it: {"manifest": …, "signatures": …}, with "enrollment" in a bundle.
Result<Published> parse_webcat(std::string_view text) {
  const auto value = json::parse(text, published_bytes_max, json_depth_max);
  if (!value) return fail(value);
  auto fields = json::Fields::of(*value, not_published);
  if (!fields) return fail(fields);
  if (const json::Value* inner = fields->find("manifest")) {
    fields = json::Fields::of(*inner, not_published);
    if (!fields) return fail(fields);
  }
  const auto listed = json::Fields::of(fields->find("files"), not_published);
  if (!listed) return fail(listed);
  const auto policy = fields->line("default_csp", policy_bytes_max, not_published);
  if (!policy) return fail(policy);
  Published published{.files = {}, .policy = *policy};
  for (const json::Member& member : listed->members()) {
    PublishedFile file{.path = member.name, .sha256 = {}};
    if (member.value.text() == nullptr || !base64url_decode_into(*member.value.text(), file.sha256))
      return fail(Errc::malformed, not_published);
    published.files.push_back(std::move(file));
  }
  return checked(std::move(published));
}

}  // namespace

Result<Published> parse_published(std::string_view text) {
  return text.starts_with('{') ? parse_webcat(text) : parse_sums(text);
}

}  // namespace candour::cli
