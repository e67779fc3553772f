// SPDX-License-Identifier: AGPL-3.0-or-later
// The newest roster that a caseworker's command knows, beside the report itself: the server's, a file's, or the one remembered.
// For who opens a report a convenience and an alarm, which keeps nobody from it; but a file that was named has to be right.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "client-cli/net/http_client.h"
#include "client-cli/options.h"
#include "client-cli/outcome.h"
#include "client-cli/state/roster_memory.h"
#include "protocol/roster.h"

namespace candour::cli {

using KnownRoster = std::optional<VerifiedRoster>;

Outcome<RosterMemory> memory_of(const PinOption& pin);

// The server's; where that is not to be believed, the newest one that was accepted before, and a warning that ends with
// `what_goes_on`.
KnownRoster known_from_server(const RosterMemory& memory, HttpClient& server, std::string_view what_goes_on);

// The one in the file `path`, or the remembered one where that is newer or `path` is empty.
Outcome<KnownRoster> known_from_file(const std::string& path, const RosterMemory& memory);

}  // namespace candour::cli
