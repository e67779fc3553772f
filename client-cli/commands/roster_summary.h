// SPDX-License-Identifier: AGPL-3.0-or-later
// A roster in words, for the one who is about to sign or believe it.
#pragma once

#include "protocol/roster.h"

namespace candour::cli {

void show_roster(const Roster& roster, Day today);

}  // namespace candour::cli
