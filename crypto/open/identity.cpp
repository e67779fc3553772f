// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/open/identity.h"

#include <sodium.h>

#include <algorithm>
#include <string_view>

#include "crypto/core/bech32.h"

namespace candour::open {
namespace {

constexpr std::string_view hybrid_hrp = "age-secret-key-pq-";
constexpr std::string_view x25519_hrp = "age-secret-key-";

}  // namespace

HybridRecipient HybridIdentity::recipient() const {
  HybridRecipient recipient;
  Secret<32> same;
  crypto_kem_xwing_seed_keypair(recipient.bytes.data(), same.writable().data(), seed_.reveal().data());
  return recipient;
}

SecretBytes HybridIdentity::encode() const { return bech32_encode_secret(hybrid_hrp, seed_.reveal()); }

X25519Recipient X25519Identity::recipient() const {
  X25519Recipient recipient;
  crypto_scalarmult_base(recipient.bytes.data(), scalar_.reveal().data());
  return recipient;
}

SecretBytes X25519Identity::encode() const { return bech32_encode_secret(x25519_hrp, scalar_.reveal()); }

Result<Identity> parse_identity(std::span<const std::uint8_t> bytes) {
  const std::string_view text = as_text(bytes);
  if (std::ranges::any_of(text, [](char c) { return c >= 'a' && c <= 'z'; })) {
    return fail(Errc::malformed, "A secret key is written in upper case. Copy it again, without changes.");
  }
  if (text.starts_with("AGE-PLUGIN-")) {
    return fail(Errc::unsupported,
                "The secret key belongs to a plugin of age, which is not supported here. Use age.");
  }
  Secret<32> secret;
  if (text.starts_with("AGE-SECRET-KEY-PQ-1")) {
    if (auto done = bech32_decode_into(text, hybrid_hrp, secret.writable()); !done) return fail(done);
    return HybridIdentity::from_seed(std::move(secret));
  }
  if (text.starts_with("AGE-SECRET-KEY-1")) {
    if (auto done = bech32_decode_into(text, x25519_hrp, secret.writable()); !done) return fail(done);
    return X25519Identity::from_scalar(std::move(secret));
  }
  return fail(Errc::malformed, "This is not an age secret key: it begins with AGE-SECRET-KEY-.");
}

}  // namespace candour::open
