// SPDX-License-Identifier: AGPL-3.0-or-later
// ChaCha20-Poly1305 (RFC 8439) over one chunk of an age payload, by libcrypto, whose code is twice as fast as
// libsodium's (docs/decisions). Holds the payload key in libcrypto's context, which wipes it. One thread at a
// time.
#pragma once

#include <openssl/evp.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "crypto/core/secret.h"

namespace candour::seal {

class ChunkSealer {
 public:
  explicit ChunkSealer(const Secret<32>& payload_key);

  // In place: `memory` holds plain_bytes of plaintext and has room for the tag that is put after them.
  bool seal(std::span<std::uint8_t> memory, std::size_t plain_bytes, std::uint64_t counter, bool final_chunk);

 private:
  struct Free {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
  };
  std::unique_ptr<EVP_CIPHER_CTX, Free> context_;
};

}  // namespace candour::seal
