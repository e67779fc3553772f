// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a server is, as the user typed it, and how it may be reached: https://, http:// only where nobody
// on the way can read along (an onion service, this machine), or unix:/path of a socket. Onion names go
// through Tor's SOCKS port and are never asked of the system's resolver.
#pragma once

#include <string>
#include <string_view>

#include "client-cli/outcome.h"

namespace candour::cli {

struct ServerAddress {
  std::string origin;       // what a sign-in is bound to: as typed, without a slash at the end
  std::string base_url;     // what requests start with
  std::string unix_socket;  // empty unless unix:
  std::string proxy;        // empty, or a socks5h:// URL
  std::string onion;        // its host name, where it is an onion service
  bool is_here = false;     // on this machine
};

// `proxy` is empty or HOST:PORT.
Outcome<ServerAddress> parse_server_address(std::string_view url, std::string_view proxy);

}  // namespace candour::cli
