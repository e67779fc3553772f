// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/hash.h"

namespace candour {

Sha256::Sha256() { crypto_hash_sha256_init(&state_); }

void Sha256::update(ByteView bytes) { crypto_hash_sha256_update(&state_, bytes.data(), bytes.size()); }

Digest Sha256::finish() {
  Digest digest;
  crypto_hash_sha256_final(&state_, digest.data());
  return digest;
}

Digest sha256(ByteView bytes) {
  Digest digest;
  crypto_hash_sha256(digest.data(), bytes.data(), bytes.size());
  return digest;
}

}  // namespace candour
