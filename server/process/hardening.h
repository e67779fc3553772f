// SPDX-License-Identifier: AGPL-3.0-or-later
// What candourd gives up before it reads its first secret. Each step is a refusal to start when it fails.
#pragma once

#include "crypto/core/result.h"

namespace candour::server {

// No core dumps, no debugger (PR_SET_DUMPABLE), no new privileges, files readable by the owner alone, as many
// descriptors as the system allows, and an allocator that gives freed bodies back.
Result<> harden_process();

// No page of this process reaches swap, the copies that libraries make of secrets included: locks all of it where the system allows
// that without a limit. False where it does not and there is swap in use.
bool keep_memory_from_swap();

}  // namespace candour::server
