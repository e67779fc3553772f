// SPDX-License-Identifier: AGPL-3.0-or-later
// The steward's roster.json before it is signed: the same JSON, where version and days may be missing and desks
// and caseworkers may not be there yet. Unknown fields of a draft are lost on rewriting, but for those of the form.
#pragma once

#include <string>
#include <string_view>

#include "crypto/core/result.h"
#include "protocol/roster.h"

namespace candour {

// Missing: version 0, days 1970-01-01, places 1.
Result<Roster> parse_roster_draft(std::string_view json);

// Indented, meant to be read and edited; ends with a line feed. Also the text that is signed. `form_json` is
// written, not `form`.
std::string encode_roster(const Roster& roster);

// Would clients accept it, but for signatures and today's date? What parse_roster() says of encode_roster().
Result<> check_roster(const Roster& roster);

// Raises `places` to the size of the largest desk. Errc::refused above 32.
Result<> fit_places(Roster& roster);

}  // namespace candour
