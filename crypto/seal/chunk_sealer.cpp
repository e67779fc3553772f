// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/seal/chunk_sealer.h"

#include <new>

#include "crypto/core/age_stream.h"

namespace candour::seal {

ChunkSealer::ChunkSealer(const Secret<32>& payload_key) : context_(EVP_CIPHER_CTX_new()) {
  if (!context_ || EVP_EncryptInit_ex(context_.get(), EVP_chacha20_poly1305(), nullptr,
                                      payload_key.reveal().data(), nullptr) != 1) {
    throw std::bad_alloc();
  }
}

bool ChunkSealer::seal(std::span<std::uint8_t> memory, std::size_t plain_bytes, std::uint64_t counter,
                       bool final_chunk) {
  if (plain_bytes > age_chunk_plain_bytes || memory.size() < plain_bytes + age_tag_bytes) return false;
  const auto nonce = age_chunk_nonce(counter, final_chunk);
  int written = 0;
  int finished = 0;
  return EVP_EncryptInit_ex(context_.get(), nullptr, nullptr, nullptr, nonce.data()) == 1 &&
         EVP_EncryptUpdate(context_.get(), memory.data(), &written, memory.data(),
                           static_cast<int>(plain_bytes)) == 1 &&
         EVP_EncryptFinal_ex(context_.get(), memory.data() + written, &finished) == 1 &&
         EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_AEAD_GET_TAG, age_tag_bytes,
                             memory.data() + plain_bytes) == 1;
}

}  // namespace candour::seal
