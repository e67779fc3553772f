// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/open/chunk_opener.h"

#include <new>

#include "crypto/core/age_stream.h"

namespace candour::open {

ChunkOpener::ChunkOpener(const Secret<32>& payload_key) : context_(EVP_CIPHER_CTX_new()) {
  if (!context_ || EVP_DecryptInit_ex(context_.get(), EVP_chacha20_poly1305(), nullptr,
                                      payload_key.reveal().data(), nullptr) != 1) {
    throw std::bad_alloc();
  }
}

bool ChunkOpener::open(std::span<std::uint8_t> memory, std::size_t sealed_bytes, std::uint64_t counter,
                       bool final_chunk) {
  if (sealed_bytes < age_tag_bytes || sealed_bytes > age_chunk_sealed_bytes || memory.size() < sealed_bytes) {
    return false;
  }
  const std::size_t plain_bytes = sealed_bytes - age_tag_bytes;
  const auto nonce = age_chunk_nonce(counter, final_chunk);
  EVP_CIPHER_CTX* const context = context_.get();
  int written = 0;
  int finished = 0;
  if (EVP_DecryptInit_ex(context, nullptr, nullptr, nullptr, nonce.data()) == 1 &&
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, age_tag_bytes, memory.data() + plain_bytes) == 1 &&
      EVP_DecryptUpdate(context, memory.data(), &written, memory.data(), static_cast<int>(plain_bytes)) ==
          1 &&
      EVP_DecryptFinal_ex(context, memory.data() + written, &finished) == 1) {
    return true;
  }
  // The cipher is its own inverse: a second pass turns what was wrongly decrypted back into what was there.
  EVP_DecryptInit_ex(context, nullptr, nullptr, nullptr, nonce.data());
  EVP_DecryptUpdate(context, memory.data(), &written, memory.data(), static_cast<int>(plain_bytes));
  return false;
}

}  // namespace candour::open
