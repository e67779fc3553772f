// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/open/shares.h"

#include <sodium.h>

#include <algorithm>
#include <set>
#include <vector>

#include "crypto/core/labels.h"

namespace candour::open {
namespace {

using Found = Result<std::optional<OwnShare>>;

Found unwrap_stanza(const HybridIdentity& identity, const ShareStanza& stanza) {
  Secret<32> shared;
  if (crypto_kem_xwing_dec(shared.writable().data(), stanza.encapsulation.data(),
                           identity.seed().reveal().data()) != 0)
    return fail(Errc::malformed, "A share in the header of the report is malformed. The file is damaged.");
  const HybridWrapKey key = age_hybrid_wrap_key(shared, label::share_stanza);
  Secret<wrapped_share_bytes - crypto_aead_chacha20poly1305_ietf_ABYTES> secret;
  if (crypto_aead_chacha20poly1305_ietf_decrypt(secret.writable().data(), nullptr, nullptr,
                                                stanza.body.data(), stanza.body.size(), nullptr, 0,
                                                key.nonce.data(), key.key.reveal().data()) != 0)
    return std::nullopt;
  OwnShare own{{stanza.x, FileKey::copy_of(secret.reveal().first<16>())}, {}};
  std::ranges::copy(secret.reveal().subspan<16>(), own.audience_sha256.begin());
  return own;
}

KeyShare copy_of(const KeyShare& share) { return {share.x, FileKey::copy_of(share.y.reveal())}; }

}  // namespace

bool has_commitment(const ThresholdHeader& header, const KeyShare& share) {
  const auto at = std::ranges::find(header.shares, share.x, &ShareStanza::x);
  return at != header.shares.end() && at->commitment == share_commitment(share);
}

Found unwrap_share(std::span<const Identity> identities, const ThresholdHeader& header) {
  for (const Identity& identity : identities) {
    const auto* hybrid = std::get_if<HybridIdentity>(&identity);
    if (hybrid == nullptr) continue;
    for (const ShareStanza& stanza : header.shares) {
      auto found = unwrap_stanza(*hybrid, stanza);
      if (!found || *found) return found;
    }
  }
  return std::nullopt;
}

Result<FileKey> combine_shares(std::span<const Identity> identities, const ThresholdHeader& header) {
  std::vector<KeyShare> shares;
  std::set<std::size_t> givers;
  const auto take = [&](const KeyShare& share) {
    if (shares.size() == header.threshold || !has_commitment(header, share) ||
        std::ranges::find(shares, share.x, &KeyShare::x) != shares.end())
      return false;
    shares.push_back(copy_of(share));
    return true;
  };
  const auto own = unwrap_share(identities, header);
  if (!own) return fail(own);
  if (*own) take((*own)->share);
  for (const Identity& identity : identities)
    if (const auto* given = std::get_if<GivenShare>(&identity);
        given != nullptr && !givers.contains(given->giver) && take(given->share))
      givers.insert(given->giver);
  if (shares.size() < header.threshold)
    return fail(
        Errc::no_match,
        "It takes several of its readers to open this report, and there are too few shares of it at hand. "
        "With --pin those are found that colleagues handed on, by candour grant.");
  return combine_key(shares);
}

}  // namespace candour::open
