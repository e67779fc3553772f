// SPDX-License-Identifier: AGPL-3.0-or-later
// The roster, from the server or a file, believed only after every check of docs/spec/roster.md.
#pragma once

#include "client-cli/net/http_client.h"
#include "client-cli/outcome.h"
#include "client-cli/state/roster_memory.h"
#include "protocol/roster.h"

namespace candour::cli {

Outcome<VerifiedRoster> fetch_roster(HttpClient& server, const RosterMemory& memory, Day today);

}  // namespace candour::cli
