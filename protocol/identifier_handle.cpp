// SPDX-License-Identifier: AGPL-3.0-or-later
// Names on social media, and the addresses of profiles that hold them.
#include <algorithm>
#include <optional>
#include <vector>

#include "protocol/identifier_rules.h"
#include "protocol/identifier_tables.h"
#include "protocol/identifier_text.h"

namespace candour::identifier {
namespace {

using Parts = std::vector<std::string>;

const Platform& platform_of_id(std::string_view id) {
  return *std::ranges::find(identifier_platforms().platforms, id, &Platform::id);
}

bool is_host_of(std::string_view host, const Platform& platform) {
  return platform.hosts.contains(host) ||
         std::ranges::any_of(identifier_platforms().host_prefixes, [&](std::string_view prefix) {
           return host.starts_with(prefix) && platform.hosts.contains(host.substr(prefix.size()));
         });
}

bool is_host_of_any(std::string_view host) {
  return std::ranges::any_of(identifier_platforms().platforms,
                             [&](const Platform& platform) { return is_host_of(host, platform); });
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// Nothing where what is encoded is no visible ASCII character.
std::optional<std::string> percent_decoded(std::string_view part) {
  std::string decoded;
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (part[i] != '%') {
      decoded += part[i];
      continue;
    }
    if (i + 2 >= part.size()) return std::nullopt;
    const int high = hex_value(part[i + 1]);
    const int low = hex_value(part[i + 2]);
    const int value = high * 16 + low;
    if (high < 0 || low < 0 || value <= 0x20 || value >= 0x7F) return std::nullopt;
    decoded += static_cast<char>(value);
    i += 2;
  }
  return to_lower(decoded);
}

bool is_number(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_digit); }

// The number after "id=" in "a=b&id=123&c=d"; empty where there is none.
std::string id_in_query(std::string_view query) {
  for (const auto& field : parts(query, '&')) {
    if (field.starts_with("id=") && is_number(std::string_view(field).substr(3))) return field.substr(3);
  }
  return "";
}

// A profile that Facebook knows by number; empty where the address names none.
std::string facebook_number(const Parts& path, std::string_view query) {
  if (path.front() == "profile.php") return id_in_query(query);
  return path.size() >= 3 && is_number(path[2]) ? path[2] : "";
}

bool has_number_form(const Platform& platform, const Parts& path) {
  return platform.id == "facebook" &&
         (path.front() == "profile.php" || (path.front() == "people" && path.size() >= 2));
}

NormalField check_name(std::string_view typed, const Platform& platform) {
  if (typed.starts_with('@')) typed.remove_prefix(1);
  const std::string name = without(typed, platform.ignored);
  const auto is_allowed = [&](char c) { return is_lower(c) || is_digit(c) || platform.marks.contains(c); };
  if (name.size() < platform.least || name.size() > platform.most || !std::ranges::all_of(name, is_allowed) ||
      name.starts_with('.') || name.ends_with('.') || is_host_of_any(name)) {
    return std::unexpected(IdentifierFault::not_a_handle);
  }
  if (is_account_placeholder(name)) return std::unexpected(IdentifierFault::placeholder);
  return name;
}

// `path`: what follows the host, if there was one.
NormalField name_in_path(Parts path, bool has_host, std::string_view query, const Platform& platform) {
  for (auto& part : path) {
    auto decoded = percent_decoded(part);
    if (!decoded) return std::unexpected(IdentifierFault::not_a_handle);
    part = std::move(*decoded);
  }
  if (path.empty()) return std::unexpected(IdentifierFault::not_a_handle);
  if (has_number_form(platform, path)) {
    const auto number = facebook_number(path, query);
    if (number.empty()) return std::unexpected(IdentifierFault::not_an_account);
    return check_name(number, platform);
  }
  if (path.size() > 1 && platform.before.contains(path.front())) path.erase(path.begin());
  if (has_host && (platform.not_names.contains(path.front()) || platform.before.contains(path.front()))) {
    return std::unexpected(IdentifierFault::not_an_account);
  }
  if (!has_host && path.size() > 1) return std::unexpected(IdentifierFault::not_a_handle);
  return check_name(path.front(), platform);
}

}  // namespace

NormalField platform(std::string_view text, Before) {
  const auto key = letters_and_digits(text);
  const auto& all = identifier_platforms();
  if (all.phones.contains(key)) return std::unexpected(IdentifierFault::platform_by_phone);
  const auto found = std::ranges::find_if(all.platforms, [&](const Platform& platform) {
    return platform.id == key || platform.names.contains(key);
  });
  if (found == all.platforms.end()) return std::unexpected(IdentifierFault::unknown_platform);
  return found->id;
}

NormalField handle(std::string_view text, Before fields) {
  const Platform& platform = platform_of_id(fields.back());
  if (!is_ascii(text) || text.contains(' ')) return std::unexpected(IdentifierFault::not_a_handle);
  std::string address = to_lower(text);
  bool has_host = false;
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (has_host || !address.starts_with(scheme)) continue;
    address.erase(0, scheme.size());
    has_host = true;
  }
  address = address.substr(0, address.find('#'));
  const auto question = address.find('?');
  const std::string query = question == std::string::npos ? "" : address.substr(question + 1);
  auto path = parts(std::string_view(address).substr(0, question), '/');
  if (path.empty()) return std::unexpected(IdentifierFault::not_a_handle);
  has_host = has_host || is_host_of_any(path.front()) || (path.size() > 1 && path.front().contains('.'));
  if (has_host) {
    if (!is_host_of(path.front(), platform)) return std::unexpected(IdentifierFault::other_site);
    path.erase(path.begin());
  }
  return name_in_path(std::move(path), has_host, query, platform);
}

}  // namespace candour::identifier
