// SPDX-License-Identifier: AGPL-3.0-or-later
// A drop that nobody can open, made without any key (docs/spec/drops.md "The index and the check-in"). Every byte that an X-Wing
// encapsulation, a MAC or a cipher would have written is drawn from the distribution that those bytes have, so that without the
// recipient's key it cannot be told from a sealed one: not by its header, and not by counting. Thread-safe.
#pragma once

#include "crypto/core/bytes.h"

namespace candour {

Bytes make_dummy_drop();

}  // namespace candour
