// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/reporter_keys.h"

#include <sodium.h>

#include <array>

#include "crypto/core/bech32.h"
#include "crypto/core/hkdf.h"
#include "crypto/core/labels.h"

namespace candour {

ReporterKeys ReporterKeys::derive(const Codename& codename) {
  return ReporterKeys(candour::derive(as_bytes(codename.reveal()), label::codename));
}

ReporterKeys::ReporterKeys(Secret<32> seed)
    : seed_(std::move(seed)),
      reply_seed_(candour::derive(seed_.reveal(), label::reply_identity)),
      mailbox_root_(candour::derive(seed_.reveal(), label::mailbox_root)),
      diary_root_(candour::derive(seed_.reveal(), label::diary_root)),
      authorship_(sign::SigningKey::from_seed(candour::derive(seed_.reveal(), label::authorship))) {}

std::string ReporterKeys::reply_recipient() const {
  std::array<std::uint8_t, crypto_kem_xwing_PUBLICKEYBYTES> recipient{};
  Secret<crypto_kem_xwing_SECRETKEYBYTES> secret_key;
  crypto_kem_xwing_seed_keypair(recipient.data(), secret_key.writable().data(), reply_seed_.reveal().data());
  return bech32_encode("age1pq", recipient);
}

Secret<32> ReporterKeys::report_secret(std::uint64_t n) const {
  return candour::derive(seed_.reveal(), std::string(label::report_secret) + std::to_string(n));
}

Secret<32> ReporterKeys::match_release(std::uint64_t n) const {
  return candour::derive(seed_.reveal(), std::string(label::match_release) + std::to_string(n));
}

}  // namespace candour
