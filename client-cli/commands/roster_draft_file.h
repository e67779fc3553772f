// SPDX-License-Identifier: AGPL-3.0-or-later
// The steward's draft as the roster commands read and change it.
#pragma once

#include <string>

#include "client-cli/outcome.h"
#include "protocol/roster.h"

namespace candour::cli {

Outcome<Roster> read_draft(const std::string& path);
// Replaces the draft in one step: it is the one file that commands change, because the user named it for that.
Outcome<> write_draft(const std::string& path, const Roster& roster);

// What a steward should look at before she signs: a desk of one or of none, keys that end soon, names that look
// like full names, caseworkers without a desk.
void warn_about(const Roster& roster, Day today);

}  // namespace candour::cli
