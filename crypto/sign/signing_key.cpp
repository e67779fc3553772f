// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/sign/signing_key.h"

#include <sodium.h>

namespace candour::sign {

SigningKey SigningKey::from_seed(const Secret<32>& seed) {
  SigningKey key;
  crypto_sign_seed_keypair(key.verify_key_.bytes.data(), key.seed_and_public_.writable().data(),
                           seed.reveal().data());
  return key;
}

Signature SigningKey::sign(ByteView message) const {
  Signature signature;
  crypto_sign_detached(signature.bytes.data(), nullptr, message.data(), message.size(),
                       seed_and_public_.reveal().data());
  return signature;
}

}  // namespace candour::sign
