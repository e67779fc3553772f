// SPDX-License-Identifier: AGPL-3.0-or-later
// Ed25519 signing keys (RFC 8032) by libsodium. The key owns its secret half and wipes it; the public half is
// free to take. Signing is deterministic. One owner at a time; concurrent sign() on the same key is safe.
#pragma once

#include "crypto/core/bytes.h"
#include "crypto/core/ed25519.h"
#include "crypto/core/secret.h"

namespace candour::sign {

class SigningKey {
 public:
  static SigningKey from_seed(const Secret<32>& seed);
  static SigningKey make_random() { return from_seed(Secret<32>::make_random()); }

  const VerifyKey& verify_key() const { return verify_key_; }
  // What a key file keeps.
  Secret<32> seed() const { return Secret<32>::copy_of(seed_and_public_.reveal().first<32>()); }

  Signature sign(ByteView message) const;

 private:
  SigningKey() = default;
  Secret<64> seed_and_public_;
  VerifyKey verify_key_;
};

}  // namespace candour::sign
