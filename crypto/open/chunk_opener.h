// SPDX-License-Identifier: AGPL-3.0-or-later
// ChaCha20-Poly1305 (RFC 8439) over one chunk of an age payload, by libcrypto (see seal/chunk_sealer.h for
// why). Holds the payload key in libcrypto's context, which wipes it. One thread at a time.
#pragma once

#include <openssl/evp.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "crypto/core/secret.h"

namespace candour::open {

class ChunkOpener {
 public:
  explicit ChunkOpener(const Secret<32>& payload_key);

  // In place: sealed_bytes of `memory` become 16 bytes fewer of plaintext. False where the chunk is not
  // authentic as this one; `memory` then holds what it held before, and no plaintext.
  bool open(std::span<std::uint8_t> memory, std::size_t sealed_bytes, std::uint64_t counter,
            bool final_chunk);

 private:
  struct Free {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
  };
  std::unique_ptr<EVP_CIPHER_CTX, Free> context_;
};

}  // namespace candour::open
