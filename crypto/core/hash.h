// SPDX-License-Identifier: AGPL-3.0-or-later
// SHA-256 (FIPS 180-4), in one call or over a stream, by libcrypto: five times libsodium's speed where the processor has instructions
// for it, and every sealed byte is hashed. A Sha256 belongs to one thread; sha256() is thread-safe. Both throw std::bad_alloc only.
#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "crypto/core/bytes.h"

struct evp_md_ctx_st;  // of libcrypto

namespace candour {

using Digest = std::array<std::uint8_t, 32>;

class Sha256 {
 public:
  Sha256();
  void update(ByteView bytes);
  // The hash of everything so far. Once: start a new object for the next message.
  Digest finish();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* state) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> state_;
};

Digest sha256(ByteView bytes);

}  // namespace candour
