// SPDX-License-Identifier: AGPL-3.0-or-later
// What went wrong with a file, in words: its name, the cause, and what to do. The one place of the tool that turns
// errno into a sentence. Reads errno first thing, so call it right after what failed.
#pragma once

#include <expected>
#include <string_view>

#include "client-cli/outcome.h"

namespace candour::cli {

enum class Access : std::uint8_t { read, write };

// `name`: as the user typed it, or "standard input". Errc::not_found where there is no such file, else Errc::io.
std::unexpected<Failure> fail_file(std::string_view name, Access access);

// Something has the name already, which no command replaces.
std::unexpected<Failure> fail_taken(std::string_view name);

}  // namespace candour::cli
