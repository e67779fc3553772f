// SPDX-License-Identifier: AGPL-3.0-or-later
// A roster in words, for the one who is about to sign or believe it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "protocol/pin.h"
#include "protocol/roster.h"

namespace candour::cli {

// Those of the pinned root keys who have signed it; none where a signature of theirs is wrong.
std::vector<std::string> signers_of(std::string_view note, const Pin& pin);

void show_roster(const Roster& roster, Day today);

}  // namespace candour::cli
