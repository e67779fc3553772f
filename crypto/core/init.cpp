// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/init.h"

#include <sodium.h>

namespace candour {

Result<> init_crypto() {
  if (sodium_init() < 0) {
    return fail(Errc::internal,
                "The system offers no secure randomness. Check that getrandom() or /dev/urandom works.");
  }
  return {};
}

}  // namespace candour
