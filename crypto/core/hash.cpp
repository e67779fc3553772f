// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/hash.h"

#include <openssl/evp.h>

#include <new>

namespace candour {
namespace {

// Looked up once: the provider's search costs more than a small hash.
const EVP_MD* algorithm() {
  static const EVP_MD* const found = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return found;
}

// What can fail here is memory alone.
void need(int done) {
  if (done != 1) throw std::bad_alloc();
}

}  // namespace

void Sha256::Free::operator()(EVP_MD_CTX* state) const { EVP_MD_CTX_free(state); }

Sha256::Sha256() : state_(EVP_MD_CTX_new()) {
  need(state_ ? EVP_DigestInit_ex2(state_.get(), algorithm(), nullptr) : 0);
}

void Sha256::update(ByteView bytes) { need(EVP_DigestUpdate(state_.get(), bytes.data(), bytes.size())); }

Digest Sha256::finish() {
  Digest digest;
  need(EVP_DigestFinal_ex(state_.get(), digest.data(), nullptr));
  return digest;
}

Digest sha256(ByteView bytes) {
  Digest digest;
  need(EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, algorithm(), nullptr));
  return digest;
}

}  // namespace candour
