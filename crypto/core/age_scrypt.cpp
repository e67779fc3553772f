// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sodium.h>

#include "crypto/core/age_keys.h"

namespace candour {

std::optional<Secret<32>> age_scrypt_wrap_key(std::span<const std::uint8_t> passphrase, ByteView salt,
                                              unsigned work_factor_log2) {
  Bytes labelled;
  append(labelled, as_bytes("age-encryption.org/v1/scrypt"));
  append(labelled, salt);
  Secret<32> key;
  // libsodium maps the working memory for the call and unmaps it, so that nothing of it stays resident.
  if (crypto_pwhash_scryptsalsa208sha256_ll(passphrase.data(), passphrase.size(), labelled.data(),
                                            labelled.size(), std::uint64_t{1} << work_factor_log2, 8, 1,
                                            key.writable().data(), key.writable().size()) != 0) {
    return std::nullopt;
  }
  return key;
}

}  // namespace candour
