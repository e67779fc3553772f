// SPDX-License-Identifier: AGPL-3.0-or-later
// Comparison whose time depends on the sizes only, never on the bytes: for tokens, MACs and hashes of
// secrets.
#pragma once

#include "crypto/core/bytes.h"

namespace candour {

// False when the sizes differ.
bool equal_constant_time(ByteView a, ByteView b);

}  // namespace candour
