// SPDX-License-Identifier: AGPL-3.0-or-later
// Tor's side of a server, as its configuration file tells: which onion service leads to which listener, and how it is protected.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client-cli/doctor/check.h"
#include "server/process/config.h"

namespace candour::cli {

// One HiddenServiceDir and the lines after it.
struct OnionService {
  std::string folder;
  std::vector<std::string> targets;  // of HiddenServicePort, without "http://"
  bool proof_of_work = false;
  bool circuit_ids = false;  // HiddenServiceExportCircuitID haproxy
};

inline constexpr std::size_t torrc_bytes_max = std::size_t{1} << 20;

// Pure. Lines that it does not know are passed over, as most of a torrc is not about us.
std::vector<OnionService> read_torrc(std::string_view text);

// The one that leads to a listener of candourd; null where there is none.
const OnionService* service_of(const std::vector<OnionService>& services, const std::string& listen);
// Whether Tor lets in only who has a key (authorized_clients/); nothing where nobody but Tor may look.
std::optional<bool> has_client_key(const OnionService& service);
// "http://….onion", as Tor wrote it into its folder; nothing where it has not, or nobody but Tor may read it.
std::optional<std::string> address_of(const OnionService& service);

// `tor_version`: what `tor --version` printed, "" when there is no tor here.
Checks check_onion_services(const server::Config& config, const std::vector<OnionService>& services,
                            std::string_view tor_version);

}  // namespace candour::cli
