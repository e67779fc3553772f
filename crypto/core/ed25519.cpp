// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/ed25519.h"

#include <sodium.h>

namespace candour {

bool verify(const VerifyKey& key, ByteView message, const Signature& signature) {
  return crypto_sign_verify_detached(signature.bytes.data(), message.data(), message.size(),
                                     key.bytes.data()) == 0;
}

}  // namespace candour
