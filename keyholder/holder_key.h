// SPDX-License-Identifier: AGPL-3.0-or-later
// A holder's key, or its share of one, as a file (docs/spec/matching.md "Keys of holders"): 32 raw bytes, the scalar, which nobody but its owner may
// read; or a credential of systemd.
#pragma once

#include <string>

#include "client-cli/outcome.h"
#include "crypto/oprf/voprf.h"

namespace candour::keyholder {

// Of the packaged holder on the server's own machine, and its user.
inline constexpr const char* packaged_key = "/etc/candour-keyholder/holder.key";
inline constexpr const char* packaged_list = "/var/lib/candour-keyholder/holders.json";
inline constexpr const char* packaged_user = "candour-keyholder";

// Errc as server::read_key_file(); Errc::malformed for a scalar that is none.
cli::Outcome<oprf::Key> read_holder_key(const std::string& path);
// Drawn, and written durably; Errc::conflict where the file is there already.
cli::Outcome<oprf::Key> create_holder_key(const std::string& path);

}  // namespace candour::keyholder
