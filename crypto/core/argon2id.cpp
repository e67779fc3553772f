// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/argon2id.h"

#include <sodium.h>

#include <cerrno>

namespace candour {

static_assert(crypto_pwhash_SALTBYTES == std::tuple_size_v<Argon2idSalt>);

Result<Secret<32>> argon2id(const SecretBytes& passphrase, const Argon2idSalt& salt, Argon2idCost cost) {
  constexpr std::size_t bytes_in_kib = 1024;
  Secret<32> key;
  const auto words = passphrase.reveal();
  errno = 0;
  if (crypto_pwhash(key.writable().data(), key.writable().size(), reinterpret_cast<const char*>(words.data()),
                    words.size(), salt.data(), cost.passes, cost.memory_kib * bytes_in_kib,
                    crypto_pwhash_ALG_ARGON2ID13) == 0)
    return key;
  if (errno == ENOMEM)
    return fail(Errc::too_large, "there is not enough memory to turn the passphrase into a key. Free some.");
  return fail(Errc::unsupported,
              "the passphrase cannot be turned into a key at this cost. Restore the key file from its copy.");
}

}  // namespace candour
