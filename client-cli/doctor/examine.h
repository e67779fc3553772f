// SPDX-License-Identifier: AGPL-3.0-or-later
// All that the doctor looks at (docs/spec/cli.md "Doctor"): the machine, the configuration with what it names, and Tor's.
#pragma once

#include <string>

#include "client-cli/doctor/check.h"

namespace candour::cli {

// Where the packages put them.
inline constexpr const char* packaged_config = "/etc/candour/candourd.toml";
// Debian's own where Candour's package is not installed.
std::string installed_torrc();

Checks examine(const std::string& config, const std::string& torrc);

}  // namespace candour::cli
