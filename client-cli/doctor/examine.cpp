// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/doctor/examine.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <system_error>

#include "client-cli/doctor/installation.h"
#include "client-cli/doctor/machine.h"
#include "client-cli/doctor/onion_services.h"
#include "client-cli/files/read_file.h"
#include "client-cli/options.h"
#include "client-cli/process/program.h"
#include "server/process/config.h"

namespace candour::cli {
namespace {

constexpr const char* kPackagedTorrc = "/etc/candour/torrc";
constexpr const char* kDebiansTorrc = "/etc/tor/torrc";

// "" without tor.
std::string tor_version() {
  const auto tor = run_program({"tor", "--version"});
  return tor ? tor->output.substr(0, tor->output.find('\n')) : "";
}

Checks check_tor(const std::string& path, const server::Config& config) {
  const auto torrc = read_text_file(path, torrc_bytes_max);
  if (!torrc) return {{"Tor", torrc.error().text + " Name it with --torrc."}};
  return check_onion_services(config, read_torrc(*torrc), tor_version());
}

}  // namespace

std::string installed_torrc() {
  std::error_code failed;
  return std::filesystem::exists(kPackagedTorrc, failed) ? kPackagedTorrc : kDebiansTorrc;
}

Checks examine(const std::string& config_file, const std::string& torrc) {
  Checks checks;
  const auto add = [&checks](Checks more) { std::ranges::move(more, std::back_inserter(checks)); };
  add(check_machine("/"));
  if (const auto config = server::load_config(config_file)) {
    add(check_installation(*config, today()));
    add(check_tor(torrc, *config));
  } else {
    for (const auto& finding : config.error())
      add({{finding.place, std::string(finding.error.message.view())}});
  }
  return checks;
}

}  // namespace candour::cli
