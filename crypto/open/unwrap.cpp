// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "crypto/core/encoding.h"
#include "crypto/open/identity.h"

namespace candour::open {
namespace {

using Found = Result<std::optional<FileKey>>;

constexpr Literal bad_stanza = "A recipient stanza of the age header is malformed. The file is damaged.";

// The size of the body is checked before this is called, so that a longer file key, for which one ciphertext
// can be made to fit many keys, is never tried (partitioning oracle; age.md).
std::optional<FileKey> unwrap_body(ByteView body, const Secret<32>& key,
                                   const std::array<std::uint8_t, 12>& nonce) {
  FileKey file_key;
  if (crypto_aead_chacha20poly1305_ietf_decrypt(file_key.writable().data(), nullptr, nullptr, body.data(),
                                                body.size(), nullptr, 0, nonce.data(),
                                                key.reveal().data()) != 0) {
    return std::nullopt;
  }
  return file_key;
}

// The second argument and the body have exactly the sizes that the type has.
Result<> check_shape(const AgeStanza& stanza, std::size_t arguments, std::span<std::uint8_t> second) {
  if (stanza.arguments.size() != arguments || !base64_raw_decode_into(stanza.arguments[1], second) ||
      stanza.body.size() != age_wrapped_key_bytes) {
    return fail(Errc::malformed, bad_stanza);
  }
  return {};
}

Found unwrap_stanza(const HybridIdentity& identity, const AgeStanza& stanza) {
  std::array<std::uint8_t, age_hybrid_share_bytes> share{};
  if (auto shape = check_shape(stanza, 2, share); !shape) return fail(shape);
  Secret<32> shared;
  if (crypto_kem_xwing_dec(shared.writable().data(), share.data(), identity.seed().reveal().data()) != 0) {
    return fail(Errc::malformed, bad_stanza);  // the X25519 part is a point of low order
  }
  const HybridWrapKey key = age_hybrid_wrap_key(shared);
  return unwrap_body(stanza.body, key.key, key.nonce);
}

Found unwrap_stanza(const X25519Identity& identity, const AgeStanza& stanza) {
  std::array<std::uint8_t, 32> share{};
  if (auto shape = check_shape(stanza, 2, share); !shape) return fail(shape);
  Secret<32> shared;
  if (crypto_scalarmult(shared.writable().data(), identity.scalar().reveal().data(), share.data()) != 0) {
    return fail(Errc::malformed, bad_stanza);  // a point of low order
  }
  return unwrap_body(stanza.body, age_x25519_wrap_key(shared, share, identity.recipient().bytes), {});
}

// Digits without a leading zero; nothing for any other text, and for numbers that no machine could work off.
std::optional<unsigned> parse_work_factor(std::string_view text) {
  if (text.empty() || text.front() == '0') return std::nullopt;
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Found unwrap_stanza(const Passphrase& passphrase, const AgeStanza& stanza, unsigned work_factor_log2_max) {
  std::array<std::uint8_t, age_scrypt_salt_bytes> salt{};
  if (auto shape = check_shape(stanza, 3, salt); !shape) return fail(shape);
  const auto work_factor = parse_work_factor(stanza.arguments[2]);
  if (!work_factor) return fail(Errc::malformed, bad_stanza);
  if (*work_factor > std::min(work_factor_log2_max, work_factor_log2_limit)) {
    return fail(
        Errc::refused,
        "The passphrase of this file would take too long to check. It was not made by Candour; seal it again "
        "with a smaller work factor.");
  }
  const auto key = age_scrypt_wrap_key(passphrase.text.reveal(), salt, *work_factor);
  if (!key)
    return fail(Errc::busy, "There is not enough memory to check the passphrase. Close other programs.");
  return unwrap_body(stanza.body, *key, {});
}

template <class Key>
Found unwrap_any(const Key& identity, std::span<const AgeStanza> stanzas, std::string_view type) {
  Found found = std::nullopt;
  for (const AgeStanza& stanza : stanzas) {
    if (stanza.type() != type) continue;
    auto one = unwrap_stanza(identity, stanza);
    if (!one) return one;
    if (*one && !*found) found = std::move(one);  // goes on: a malformed stanza behind it still counts
  }
  return found;
}

}  // namespace

Result<std::optional<FileKey>> unwrap(const Identity& identity, std::span<const AgeStanza> stanzas,
                                      unsigned work_factor_log2_max) {
  const bool has_scrypt =
      std::ranges::any_of(stanzas, [](const AgeStanza& s) { return s.type() == age_scrypt_type; });
  if (has_scrypt && stanzas.size() != 1) {
    return fail(Errc::malformed,
                "The age header mixes a passphrase with other recipients, which is not allowed.");
  }
  if (const auto* hybrid = std::get_if<HybridIdentity>(&identity)) {
    return unwrap_any(*hybrid, stanzas, age_hybrid_type);
  }
  if (const auto* x25519 = std::get_if<X25519Identity>(&identity)) {
    return unwrap_any(*x25519, stanzas, age_x25519_type);
  }
  const auto* passphrase = std::get_if<Passphrase>(&identity);
  if (!has_scrypt || passphrase == nullptr) return std::nullopt;
  return unwrap_stanza(*passphrase, stanzas.front(), work_factor_log2_max);
}

}  // namespace candour::open
