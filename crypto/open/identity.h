// SPDX-License-Identifier: AGPL-3.0-or-later
// The secret halves that open age files (C2SP age.md): hybrid post-quantum keys ("AGE-SECRET-KEY-PQ-1…"),
// X25519 keys
// ("AGE-SECRET-KEY-1…") and passphrases. Each takes the file key out of the stanzas that are meant for it.
// Move-only, wiped; concurrent use of one object is safe.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <variant>

#include "crypto/core/age_header.h"
#include "crypto/core/age_keys.h"
#include "crypto/core/age_recipient.h"
#include "crypto/core/result.h"
#include "crypto/core/secret.h"
#include "crypto/core/shamir.h"

namespace candour::open {

class HybridIdentity {
 public:
  // The seed is the X-Wing decapsulation key.
  static HybridIdentity from_seed(Secret<32> seed) { return HybridIdentity(std::move(seed)); }
  static HybridIdentity make_random() { return HybridIdentity(Secret<32>::make_random()); }
  HybridRecipient recipient() const;
  const Secret<32>& seed() const { return seed_; }
  // AGE-SECRET-KEY-PQ-1…
  SecretBytes encode() const;

 private:
  explicit HybridIdentity(Secret<32> seed) : seed_(std::move(seed)) {}
  Secret<32> seed_;
};

class X25519Identity {
 public:
  static X25519Identity from_scalar(Secret<32> scalar) { return X25519Identity(std::move(scalar)); }
  static X25519Identity make_random() { return X25519Identity(Secret<32>::make_random()); }
  X25519Recipient recipient() const;
  const Secret<32>& scalar() const { return scalar_; }
  // AGE-SECRET-KEY-1…
  SecretBytes encode() const;

 private:
  explicit X25519Identity(Secret<32> scalar) : scalar_(std::move(scalar)) {}
  Secret<32> scalar_;
};

struct Passphrase {
  SecretBytes text;
};

// The file key itself, from somebody who could take it out of a stanza: good for the one file whose header MAC it makes.
struct GivenFileKey {
  FileKey key;
};

// A share of it that its owner handed on: counts for a header that has its commitment (docs/spec/threshold.md).
struct GivenShare {
  KeyShare share;
  std::size_t giver = 0;  // of each giver one counts: it takes so many people
};

using Identity = std::variant<HybridIdentity, X25519Identity, Passphrase, GivenFileKey, GivenShare>;

// One line of an identity file. Errc::malformed; Errc::unsupported for a plugin's identity.
Result<Identity> parse_identity(std::span<const std::uint8_t> text);

// The greatest work factor that is ever tried: 4 GiB of memory, half a minute. A hostile file could ask for
// more.
inline constexpr unsigned work_factor_log2_limit = 22;

// The file key, or nothing where no stanza is for this identity; nothing for what was given, which needs none. Stanzas of its own type that are not as
// age.md requires make the header Errc::malformed; Errc::refused for a work factor over the maximum;
// Errc::busy without the memory that it needs.
Result<std::optional<FileKey>> unwrap(const Identity& identity, std::span<const AgeStanza> stanzas,
                                      unsigned work_factor_log2_max);

}  // namespace candour::open
