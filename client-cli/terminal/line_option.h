// SPDX-License-Identifier: AGPL-3.0-or-later
// A name or description as a user types it for a roster or card: refused at the command that takes it, since later
// it could only be mended by editing JSON.
#pragma once

#include <string>
#include <string_view>

#include "client-cli/outcome.h"

namespace candour::cli {

// One line of 1 to `bytes_max` bytes without control characters (docs/spec/roster.md).
Outcome<> check_line(std::string_view option, std::string_view value, std::size_t bytes_max);

}  // namespace candour::cli
