// SPDX-License-Identifier: AGPL-3.0-or-later
// The steward's draft as the roster commands read and change it.
#pragma once

#include <string>

#include "client-cli/outcome.h"
#include "protocol/roster.h"

namespace candour::cli {

Outcome<Roster> read_draft(const std::string& path);
// As it will be written, checked as far as a draft can be: what signing would refuse is refused here already.
Outcome<std::string> draft_text(const Roster& roster);
// Replaces the draft in one step: it is the one file that commands change, because the user named it for that.
Outcome<> write_draft(const std::string& path, const Roster& roster);

// What a steward should look at before she signs, on stderr: no helplines; for each desk of the roster, one person or none,
// and names that are the same; for each caseworker, no desk, keys that end soon, a name that looks like a full one.
void warn_about(const Roster& roster, Day today);
// Of who matches reports alone: desks that can hold nothing, readers who could never open what was held; also a part of the above.
void warn_about_matching(const Roster& roster);

}  // namespace candour::cli
