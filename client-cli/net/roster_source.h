// SPDX-License-Identifier: AGPL-3.0-or-later
// The roster, from the server or a file, believed only after every check of docs/spec/roster.md.
#pragma once

#include "client-cli/net/http_client.h"
#include "client-cli/outcome.h"
#include "client-cli/state/roster_memory.h"
#include "protocol/roster.h"

namespace candour::cli {

Outcome<VerifiedRoster> fetch_roster(HttpClient& server, const RosterMemory& memory, Day today);

// Signed by the pinned roots, but perhaps of other days: drops go on when reporting pauses (docs/spec/drops.md). The
// caller says so where it is not valid today.
Outcome<VerifiedRoster> fetch_signed_roster(HttpClient& server, const Pin& pin);

}  // namespace candour::cli
