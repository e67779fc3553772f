// SPDX-License-Identifier: AGPL-3.0-or-later
// SHA-256 (FIPS 180-4), in one call or over a stream. A Sha256 belongs to one thread; sha256() is
// thread-safe.
#pragma once

#include <sodium.h>

#include <array>
#include <cstdint>

#include "crypto/core/bytes.h"

namespace candour {

using Digest = std::array<std::uint8_t, 32>;

class Sha256 {
 public:
  Sha256();
  void update(ByteView bytes);
  // The hash of everything so far. Once: start a new object for the next message.
  Digest finish();

 private:
  crypto_hash_sha256_state state_;
};

Digest sha256(ByteView bytes);

}  // namespace candour
