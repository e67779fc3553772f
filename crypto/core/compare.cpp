// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/compare.h"

#include <sodium.h>

namespace candour {

bool equal_constant_time(ByteView a, ByteView b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace candour
