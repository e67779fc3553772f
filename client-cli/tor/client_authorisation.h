// SPDX-License-Identifier: AGPL-3.0-or-later
// Tor's client authorisation of an onion service (Tor's rend-spec-v3, "CLIENT-AUTH-MGMT"; tor(1), ClientOnionAuthDir): without the secret half
// of a key of which the service has the public half, not even its descriptor can be read. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "crypto/core/bytes.h"

namespace candour::cli {

struct ClientAuthorisation {
  std::string secret;       // 52 characters of base32 (RFC 4648 section 6, without padding)
  std::string public_line;  // of the service's authorized_clients/NAME.auth
  static ClientAuthorisation make_random();
};

// The line of ClientOnionAuthDir/NAME.auth_private. `host`: "….onion".
std::string client_line(std::string_view host, std::string_view secret);

// RFC 4648 section 6, without padding.
std::string base32(ByteView bytes);

}  // namespace candour::cli
