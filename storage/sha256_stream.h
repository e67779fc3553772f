// SPDX-License-Identifier: AGPL-3.0-or-later
// SHA-256 over pieces, with libcrypto, which uses the processor's instructions for it (three times as fast
// as libsodium's portable one). For public bytes: sealed reports. Not thread-safe.
#pragma once

#include <openssl/evp.h>

#include <memory>
#include <new>

#include "crypto/core/bytes.h"
#include "storage/report.h"

namespace candour::storage {

class Sha256Stream {
 public:
  Sha256Stream() : context_(EVP_MD_CTX_new()) {
    if (!context_ || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1) throw std::bad_alloc();
  }
  // Neither can fail once the context is there: SHA-256 allocates nothing more.
  void update(ByteView bytes) { EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()); }
  Digest finish() {
    Digest digest{};
    EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr);
    return digest;
  }

 private:
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> context_;
};

}  // namespace candour::storage
