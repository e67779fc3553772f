// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/hkdf.h"

#include <sodium.h>

namespace candour {

Secret<32> derive(std::span<const std::uint8_t> ikm, ByteView salt, std::string_view info) {
  const Secret<32> prk = hkdf_extract(salt, ikm);
  Secret<32> out;
  hkdf_expand(prk, info, out.writable());
  return out;
}

Secret<32> derive(std::span<const std::uint8_t> ikm, std::string_view label) {
  return derive(ikm, {}, label);
}

Secret<32> hkdf_extract(ByteView salt, std::span<const std::uint8_t> ikm) {
  Secret<32> prk;
  const std::uint8_t none =
      0;  // libsodium declares the input nonnull, and an empty span may hold a null pointer
  crypto_kdf_hkdf_sha256_extract(prk.writable().data(), salt.data(), salt.size(),
                                 ikm.empty() ? &none : ikm.data(), ikm.size());
  return prk;
}

void hkdf_expand(const Secret<32>& prk, std::string_view info, std::span<std::uint8_t> out) {
  crypto_kdf_hkdf_sha256_expand(out.data(), out.size(), info.data(), info.size(), prk.reveal().data());
}

Digest hmac_sha256(const Secret<32>& key, ByteView message) {
  Digest mac;
  crypto_auth_hmacsha256(mac.data(), message.data(), message.size(), key.reveal().data());
  return mac;
}

}  // namespace candour
