// SPDX-License-Identifier: AGPL-3.0-or-later
// Where to listen: "127.0.0.1:8080", "[::1]:8080" or "unix:/run/candour/reporter.sock". Only loopback: what
// carries the connections here (Tor, an HTTPS proxy) runs on the same machine, and a mistyped address must
// not put the service on the open network. Spec: docs/spec/cli.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "crypto/core/result.h"

namespace candour::server {

struct LoopbackAddress {
  bool v6;
  std::uint16_t port;  // 0: any that is free
};

struct UnixAddress {
  std::string path;
  unsigned mode = 0660;  // of the socket's file
};

using Address = std::variant<LoopbackAddress, UnixAddress>;

Result<Address> parse_address(std::string_view text);
std::string encode_address(const Address& address);

}  // namespace candour::server
