// SPDX-License-Identifier: AGPL-3.0-or-later
#include "matching/match_secret.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "crypto/core/encoding.h"
#include "crypto/core/hkdf.h"
#include "crypto/core/labels.h"
#include "crypto/core/utf8.h"

namespace candour::matching {
namespace {

constexpr std::size_t tag_bytes = crypto_aead_chacha20poly1305_ietf_ABYTES;
// Every key here seals one message.
constexpr std::array<std::uint8_t, crypto_aead_chacha20poly1305_ietf_NPUBBYTES> nonce{};

template <std::size_t N>
std::array<std::uint8_t, N + tag_bytes> seal_once(const Secret<32>& key, const Secret<N>& plain) {
  std::array<std::uint8_t, N + tag_bytes> sealed{};
  crypto_aead_chacha20poly1305_ietf_encrypt(sealed.data(), nullptr, plain.reveal().data(), N, nullptr, 0,
                                            nullptr, nonce.data(), key.reveal().data());
  return sealed;
}

template <std::size_t M>
Result<Secret<M - tag_bytes>> open_once(const Secret<32>& key, std::span<const std::uint8_t, M> sealed) {
  Secret<M - tag_bytes> plain;
  if (crypto_aead_chacha20poly1305_ietf_decrypt(plain.writable().data(), nullptr, nullptr, sealed.data(), M,
                                                nullptr, 0, nonce.data(), key.reveal().data()) != 0)
    return fail(Errc::not_authentic, "this does not open with what the match gave");
  return plain;
}

Secret<32> wrap_key(const oprf::SecretScalar& root, const Companion& companion) {
  return derive(root.reveal(), std::string(label::match_wrap) + companion.report.encode() + '/' +
                                   hex_encode(companion.author.bytes) + '/' + hex_encode(companion.salt));
}

Secret<32> body_key(const MatchSecret& secret, const Release* release) {
  if (release == nullptr) return derive(secret.reveal(), label::match_body);
  Secret<64> both;
  std::ranges::copy(release->reveal(), std::ranges::copy(secret.reveal(), both.writable().begin()).out);
  return derive(both.reveal(), label::match_body);
}

}  // namespace

std::array<std::uint8_t, wrap_bytes> wrap_secret(const oprf::SecretScalar& root, const Companion& companion,
                                                 const MatchSecret& secret) {
  return seal_once(wrap_key(root, companion), secret);
}

Result<MatchSecret> unwrap_secret(const oprf::SecretScalar& root, const Companion& companion,
                                  const Slot& slot) {
  return open_once(wrap_key(root, companion), slot.wrap());
}

std::array<std::uint8_t, body_bytes> seal_body(const MatchSecret& secret, const Release* release,
                                               const Secret<32>& identity_seed) {
  return seal_once(body_key(secret, release), identity_seed);
}

Result<Secret<32>> open_body(const MatchSecret& secret, const Release* release, const Companion& companion) {
  return open_once(body_key(secret, release), std::span(companion.body));
}

Result<> check_contact(std::string_view text) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; };
  if (text.empty() || text.size() > contact_text_bytes_max || !is_valid_utf8(text) ||
      std::ranges::any_of(text, is_control))
    return fail(Errc::malformed,
                "a contact is 1 to 1024 bytes of UTF-8 without control characters but line feeds");
  return {};
}

std::array<std::uint8_t, contact_bytes> seal_contact(const MatchSecret& secret, std::string_view text) {
  Secret<contact_text_bytes_max> plain;
  std::ranges::copy(as_bytes(text), plain.writable().begin());
  return seal_once(derive(secret.reveal(), label::match_contact), plain);
}

Result<std::string> open_contact(const MatchSecret& secret, const Companion& companion) {
  const auto plain = open_once(derive(secret.reveal(), label::match_contact), std::span(companion.contact));
  if (!plain) return fail(plain);
  const std::string_view filled = as_text(plain->reveal());
  const std::string_view text = filled.substr(0, filled.find_last_not_of('\0') + 1);
  if (const auto good = check_contact(text); !good) return fail(good);
  return std::string(text);
}

}  // namespace candour::matching
