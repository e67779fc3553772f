// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads a roster out of JSON, signed or still a draft. Not for other folders: they use roster.h and roster_draft.h.
#pragma once

#include <string_view>

#include "crypto/core/result.h"
#include "protocol/roster.h"

namespace candour {

// A draft may lack version, days and places, and have no desk or caseworker yet.
enum class RosterKind : bool { draft, signed_text };

Result<Roster> read_roster(std::string_view text, RosterKind kind);

}  // namespace candour
