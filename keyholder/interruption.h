// SPDX-License-Identifier: AGPL-3.0-or-later
// SIGTERM and SIGINT as something that is asked for, never something that happens: both stay blocked, a pause ends with them, and a request is given up.
// One thread, and before any other.
#pragma once

#include <chrono>

namespace candour::keyholder {

void block_interruptions();
// One waits.
bool is_interrupted();
// True when one came.
bool pause(std::chrono::milliseconds time);

}  // namespace candour::keyholder
