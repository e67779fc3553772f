// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/doctor/onion_services.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <ranges>
#include <system_error>

#include "client-cli/files/as_owner.h"
#include "client-cli/files/read_file.h"

namespace candour::cli {
namespace {

constexpr std::array kProofOfWorkSince{0, 4, 8};
constexpr std::size_t kHostnameBytesMax = 100;
constexpr std::string_view kBlanks = " \t\r";

std::vector<std::string_view> words_of(std::string_view line) {
  line = line.substr(0, line.find('#'));
  std::vector<std::string_view> words;
  while (true) {
    const auto begin = line.find_first_not_of(kBlanks);
    if (begin == line.npos) return words;
    line.remove_prefix(begin);
    const auto length = std::min(line.find_first_of(kBlanks), line.size());
    words.push_back(line.substr(0, length));
    line.remove_prefix(length);
  }
}

// Tor takes its keywords in any case.
bool is(std::string_view word, std::string_view keyword) {
  return std::ranges::equal(word, keyword, [](char a, char b) { return (a | 0x20) == (b | 0x20); });
}

// Of version 3 (Tor's rend-spec-v3, "ONIONADDRESS").
bool is_onion_name(std::string_view name) {
  constexpr std::size_t kCharacters = 56;
  constexpr std::string_view kEnd = ".onion";
  return name.size() == kCharacters + kEnd.size() && name.ends_with(kEnd) &&
         std::ranges::all_of(name.substr(0, kCharacters),
                             [](char c) { return (c >= 'a' && c <= 'z') || (c >= '2' && c <= '7'); });
}

bool knows_proof_of_work(std::string_view tor_version) {
  const auto begin = tor_version.find_first_of("0123456789");
  if (begin == tor_version.npos) return false;
  const char* at = tor_version.data() + begin;
  const char* const end = tor_version.data() + tor_version.size();
  std::array<int, 3> version{};
  for (int& number : version) {
    const auto [next, error] = std::from_chars(at, end, number);
    if (error != std::errc()) return false;
    at = next < end ? next + 1 : next;
  }
  return version >= kProofOfWorkSince;
}

std::string circuit_advice(const OnionService& service, bool proxy_header, std::string_view table) {
  if (service.circuit_ids == proxy_header) {
    if (proxy_header) return "";
    return fmt::format(
        "circuits cannot be told apart, so one client can use up everybody's share. Set "
        "HiddenServiceExportCircuitID "
        "haproxy in the torrc and [{}] proxy_header = true.",
        table);
  }
  return fmt::format(
      "HiddenServiceExportCircuitID haproxy and [{}] proxy_header say different things, so no connection "
      "will be "
      "understood. Set both or neither.",
      table);
}

void check_listener(Checks& checks, const std::vector<OnionService>& services, const server::Config& config,
                    std::string_view table) {
  const bool is_reporter = table == "reporter";
  const std::string& listen = is_reporter ? config.reporter_listen : config.desk_listen;
  const bool proxy_header = is_reporter ? config.reporter_proxy_header : config.desk_proxy_header;
  const auto named = [&](std::string_view what) {
    return fmt::format("onion service of [{}]: {}", table, what);
  };
  const OnionService* service = service_of(services, listen);
  if (service == nullptr) {
    checks.push_back({named("is there"),
                      fmt::format("no HiddenServicePort of the torrc leads to {}. Add one, or name the right "
                                  "file with --torrc.",
                                  listen)});
    return;
  }
  checks.push_back({named("is there"), ""});
  checks.push_back({named("circuits"), circuit_advice(*service, proxy_header, table)});
  if (is_reporter) {
    checks.push_back(
        {named("proof of work"), service->proof_of_work
                                     ? ""
                                     : "is off, so a flood of connections can keep reporters out. Set "
                                       "HiddenServicePoWDefensesEnabled 1 under it in the torrc."});
    return;
  }
  const auto has_key = has_client_key(*service);
  std::string advice;
  if (!has_key)
    advice = "its folder cannot be read. Run this as root, or as Tor's user.";
  else if (!*has_key)
    advice =
        "nobody needs a key to reach the desk. Put each caseworker's public key into authorized_clients/ of "
        "its folder.";
  checks.push_back({named("client authorisation"), advice});
  const auto address = address_of(*service);
  if (address && *address != config.desk_origin)
    checks.push_back(
        {named("address"),
         fmt::format("is {}, and [desk] origin is another, so nobody can sign in. Run candour setup, or "
                     "write it there and start candourd again.",
                     *address)});
}

}  // namespace

std::vector<OnionService> read_torrc(std::string_view text) {
  std::vector<OnionService> services;
  for (const auto line : std::views::split(text, '\n')) {
    const auto words = words_of(std::string_view(line));
    if (words.size() < 2) continue;
    if (is(words[0], "HiddenServiceDir")) {
      services.push_back({.folder = std::string(words[1]), .targets = {}});
      while (services.back().folder.ends_with('/')) services.back().folder.pop_back();
    }
    if (services.empty()) continue;
    OnionService& service = services.back();
    if (is(words[0], "HiddenServicePort") && words.size() > 2) service.targets.emplace_back(words[2]);
    if (is(words[0], "HiddenServicePoWDefensesEnabled")) service.proof_of_work = words[1] == "1";
    if (is(words[0], "HiddenServiceExportCircuitID")) service.circuit_ids = is(words[1], "haproxy");
  }
  return services;
}

const OnionService* service_of(const std::vector<OnionService>& services, const std::string& listen) {
  const auto leads_there = [&](const OnionService& one) {
    return std::ranges::find(one.targets, listen) != one.targets.end();
  };
  const auto found = std::ranges::find_if(services, leads_there);
  return found == services.end() ? nullptr : &*found;
}

std::optional<bool> has_client_key(const OnionService& service) {
  const auto owner = AsOwner::of(service.folder);
  if (!owner && owner.error().code == Errc::not_found) return false;
  if (!owner) return std::nullopt;
  std::error_code failed;
  const std::filesystem::directory_iterator entries(
      std::filesystem::path(service.folder) / "authorized_clients", failed);
  if (failed == std::errc::no_such_file_or_directory) return false;
  if (failed) return std::nullopt;
  return std::ranges::any_of(entries, [](const auto& entry) { return entry.path().extension() == ".auth"; });
}

std::optional<std::string> address_of(const OnionService& service) {
  const auto owner = AsOwner::of(service.folder);
  const std::string path = service.folder + "/hostname";
  std::error_code failed;
  if (!owner || !std::filesystem::is_regular_file(std::filesystem::symlink_status(path, failed)))
    return std::nullopt;
  auto name = read_text_file(path, kHostnameBytesMax);
  if (!name) return std::nullopt;
  if (name->ends_with('\n')) name->pop_back();
  if (!is_onion_name(*name)) return std::nullopt;
  return "http://" + *name;
}

Checks check_onion_services(const server::Config& config, const std::vector<OnionService>& services,
                            std::string_view tor_version) {
  Checks checks;
  std::string advice;
  if (tor_version.empty())
    advice = "there is none on this machine. Install Debian's tor, unless it runs elsewhere.";
  else if (!knows_proof_of_work(tor_version))
    advice =
        "is older than 0.4.8 and cannot hold off floods. Install a newer one, from backports where needed.";
  checks.push_back({"Tor", advice});
  check_listener(checks, services, config, "reporter");
  check_listener(checks, services, config, "desk");
  return checks;
}

}  // namespace candour::cli
