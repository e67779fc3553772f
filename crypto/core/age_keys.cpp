// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/age_keys.h"

#include "crypto/core/hkdf.h"

namespace candour {

Digest age_header_mac(const FileKey& file_key, ByteView header) {
  return hmac_sha256(derive(file_key.reveal(), {}, "header"), header);
}

Secret<32> age_payload_key(const FileKey& file_key, ByteView nonce) {
  return derive(file_key.reveal(), nonce, "payload");
}

Secret<32> age_x25519_wrap_key(const Secret<32>& shared, ByteView ephemeral_share, ByteView recipient) {
  Bytes salt;
  append(salt, ephemeral_share);
  append(salt, recipient);
  return derive(shared.reveal(), salt, "age-encryption.org/v1/X25519");
}

}  // namespace candour
