// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/seal/stanzas.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <string>

#include "crypto/core/encoding.h"
#include "crypto/core/labels.h"
#include "crypto/core/random.h"
#include "crypto/core/threshold_header.h"

namespace candour::seal {
namespace {

// ChaCha20-Poly1305 without additional data. Every key used here wraps one secret once, so a fixed nonce is
// safe.
Bytes wrap(std::span<const std::uint8_t> secret, const Secret<32>& key,
           const std::array<std::uint8_t, 12>& nonce) {
  Bytes body(secret.size() + crypto_aead_chacha20poly1305_ietf_ABYTES);
  crypto_aead_chacha20poly1305_ietf_encrypt(body.data(), nullptr, secret.data(), secret.size(), nullptr, 0,
                                            nullptr, nonce.data(), key.reveal().data());
  return body;
}

// HPKE base mode, single shot.
struct HybridSealed {
  std::array<std::uint8_t, age_hybrid_share_bytes> encapsulation{};
  Bytes body;
};
Result<HybridSealed> seal_to(const HybridRecipient& recipient, std::span<const std::uint8_t> secret,
                             std::string_view info) {
  HybridSealed sealed;
  Secret<32> shared;
  if (crypto_kem_xwing_enc(sealed.encapsulation.data(), shared.writable().data(), recipient.bytes.data()) !=
      0) {
    return fail(Errc::malformed, "A recipient is not a valid key. Ask its owner for it again.");
  }
  const HybridWrapKey key = age_hybrid_wrap_key(shared, info);
  sealed.body = wrap(secret, key.key, key.nonce);
  return sealed;
}

Result<AgeStanza> wrap_for(const FileKey& file_key, const HybridRecipient& recipient) {
  auto sealed = seal_to(recipient, file_key.reveal(), age_hybrid_info);
  if (!sealed) return fail(sealed);
  return AgeStanza{{std::string(age_hybrid_type), base64_raw_encode(sealed->encapsulation)},
                   std::move(sealed->body)};
}

Result<AgeStanza> wrap_for(const FileKey& file_key, const X25519Recipient& recipient) {
  const Secret<32> ephemeral = Secret<32>::make_random();
  std::array<std::uint8_t, 32> share{};
  Secret<32> shared;
  if (crypto_scalarmult_base(share.data(), ephemeral.reveal().data()) != 0 ||
      crypto_scalarmult(shared.writable().data(), ephemeral.reveal().data(), recipient.bytes.data()) != 0) {
    return fail(Errc::malformed, "A recipient is not a valid key. Ask its owner for it again.");
  }
  const Secret<32> key = age_x25519_wrap_key(shared, share, recipient.bytes);
  return AgeStanza{{std::string(age_x25519_type), base64_raw_encode(share)},
                   wrap(file_key.reveal(), key, {})};
}

// A key whose secret half is dropped at once.
Result<HybridRecipient> make_nobody() {
  HybridRecipient nobody;
  Secret<32> dropped;
  if (crypto_kem_xwing_keypair(nobody.bytes.data(), dropped.writable().data()) != 0) {
    return fail(Errc::internal, "No key could be made. Check the system's source of randomness.");
  }
  return nobody;
}

// Made as a real one is, for nobody: no one can tell it from a real one, or open it. Its body is random, as ciphertext is.
Result<AgeStanza> make_dummy() {
  const auto nobody = make_nobody();
  if (!nobody) return fail(nobody);
  auto stanza = wrap_for(FileKey::make_random(), *nobody);
  if (!stanza) return fail(stanza);
  fill_random(stanza->body);
  return stanza;
}

// For one place of a threshold header: a share for its reader, or what looks like one.
Result<ShareStanza> share_for(const KeyShare& share, const HybridRecipient* recipient,
                              const Digest& audience_sha256) {
  const auto nobody = make_nobody();
  if (!nobody) return fail(nobody);
  Secret<wrapped_share_bytes - crypto_aead_chacha20poly1305_ietf_ABYTES> secret;
  const auto rest = std::ranges::copy(share.y.reveal(), secret.writable().begin()).out;
  std::ranges::copy(audience_sha256, rest);
  auto sealed = seal_to(recipient != nullptr ? *recipient : *nobody, secret.reveal(), label::share_stanza);
  if (!sealed) return fail(sealed);
  ShareStanza stanza{share.x, sealed->encapsulation, {}, share_commitment(share)};
  std::ranges::copy(sealed->body, stanza.body.begin());
  if (recipient == nullptr) {
    fill_random(stanza.body);
    fill_random(stanza.commitment);
  }
  return stanza;
}

template <class T>
void shuffle(std::vector<T>& all) {
  for (std::size_t left = all.size(); left > 1; --left) {
    std::swap(all[left - 1], all[random_below(static_cast<std::uint32_t>(left))]);
  }
}

Result<> check(std::span<const Recipient> recipients, std::size_t places) {
  if (recipients.empty())
    return fail(Errc::refused, "Nothing can be sealed to nobody. Name at least one recipient.");
  if (recipients.size() > stanzas_max || places > stanzas_max) {
    return fail(Errc::refused, "A file can be sealed to 512 recipients at most.");
  }
  if (places != 0 && recipients.size() > places)
    return fail(Errc::refused, "There are more recipients than places.");
  const auto hybrid = std::ranges::count_if(recipients, [](const Recipient& r) { return r.index() == 0; });
  const bool all_hybrid = static_cast<std::size_t>(hybrid) == recipients.size();
  if (hybrid > 0 && !all_hybrid) {
    return fail(
        Errc::refused,
        "Post-quantum (age1pq1…) and classic (age1…) recipients cannot be mixed: one classic key would undo "
        "the protection of the others. Use one kind only.");
  }
  if (places != 0 && !all_hybrid)
    return fail(Errc::refused, "Places are filled up for post-quantum recipients only.");
  return {};
}

}  // namespace

Result<Recipient> parse_recipient(std::string_view text) {
  if (text.starts_with("age1pq1")) {
    auto hybrid = parse_hybrid_recipient(text);
    if (!hybrid) return fail(hybrid);
    return Recipient(*hybrid);
  }
  auto classic = parse_x25519_recipient(text);
  if (!classic) return fail(classic);
  return Recipient(*classic);
}

Result<std::vector<AgeStanza>> wrap_for_recipients(const FileKey& file_key,
                                                   std::span<const Recipient> recipients,
                                                   std::size_t places) {
  if (auto checked = check(recipients, places); !checked) return fail(checked);
  std::vector<AgeStanza> stanzas;
  for (const Recipient& recipient : recipients) {
    auto stanza = std::visit([&](const auto& key) { return wrap_for(file_key, key); }, recipient);
    if (!stanza) return fail(stanza);
    stanzas.push_back(std::move(*stanza));
  }
  while (stanzas.size() < places) {
    auto dummy = make_dummy();
    if (!dummy) return fail(dummy);
    stanzas.push_back(std::move(*dummy));
  }
  shuffle(stanzas);
  return stanzas;
}

Result<std::vector<AgeStanza>> share_among_recipients(const FileKey& file_key,
                                                      std::span<const Recipient> recipients,
                                                      std::size_t places, const Sharing& sharing) {
  if (auto checked = check(recipients, places); !checked) return fail(checked);
  std::vector<const HybridRecipient*> in_places;  // null: nobody
  for (const Recipient& recipient : recipients) in_places.push_back(std::get_if<HybridRecipient>(&recipient));
  if (std::ranges::find(in_places, nullptr) != in_places.end())
    return fail(Errc::refused, "Only post-quantum recipients can have to open a file together.");
  if (sharing.threshold < 2 || sharing.threshold > recipients.size())
    return fail(Errc::refused,
                "So many recipients as have to open a file together there must be, and two at least.");
  in_places.resize(std::max(places, recipients.size()), nullptr);
  shuffle(in_places);
  // Numbers at random, as the page draws them: they tell neither a place nor which program sealed it.
  std::vector<std::uint8_t> numbers(key_share_x_max);
  std::iota(numbers.begin(), numbers.end(), std::uint8_t{1});
  shuffle(numbers);
  const auto shares = split_key(file_key, sharing.threshold,
                                std::span(numbers).first(std::min(in_places.size(), numbers.size())));
  if (!shares) return fail(shares);
  ThresholdHeader header{.threshold = sharing.threshold, .shares = {}};
  for (std::size_t i = 0; i < in_places.size(); ++i) {
    const auto stanza = share_for((*shares)[i], in_places[i], sharing.audience_sha256);
    if (!stanza) return fail(stanza);
    header.shares.push_back(*stanza);
  }
  return encode_threshold_header(header);
}

Result<std::vector<AgeStanza>> wrap_for_passphrase(const FileKey& file_key, const SecretBytes& passphrase,
                                                   unsigned work_factor_log2) {
  if (passphrase.size() == 0) return fail(Errc::refused, "An empty passphrase protects nothing. Choose one.");
  if (work_factor_log2 < 1 || work_factor_log2 > 22) {
    return fail(Errc::refused, "The work factor of a passphrase is 1 to 22.");
  }
  std::array<std::uint8_t, age_scrypt_salt_bytes> salt{};
  fill_random(salt);
  const auto key = age_scrypt_wrap_key(passphrase.reveal(), salt, work_factor_log2);
  if (!key)
    return fail(Errc::busy, "There is not enough memory to protect a passphrase. Close other programs.");
  std::vector<AgeStanza> stanzas;
  stanzas.push_back(
      {{std::string(age_scrypt_type), base64_raw_encode(salt), std::to_string(work_factor_log2)},
       wrap(file_key.reveal(), *key, {})});
  return stanzas;
}

}  // namespace candour::seal
