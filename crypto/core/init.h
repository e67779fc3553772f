// SPDX-License-Identifier: AGPL-3.0-or-later
// Starts libsodium: CPU features, the random generator, the canary of secret memory.
// Call it first in main(), before any Secret exists; further calls cost nothing. Thread-safe.
#pragma once

#include "crypto/core/result.h"

namespace candour {

// Errc::internal when the system offers no randomness.
Result<> init_crypto();

}  // namespace candour
