// SPDX-License-Identifier: AGPL-3.0-or-later
// Wraps the file key of an age file for its recipients (C2SP age.md, "Native recipient types"). Thread-safe.
#pragma once

#include <cstddef>
#include <span>
#include <variant>
#include <vector>

#include "crypto/core/age_header.h"
#include "crypto/core/age_keys.h"
#include "crypto/core/age_recipient.h"
#include "crypto/core/hash.h"
#include "crypto/core/result.h"

namespace candour::seal {

using Recipient = std::variant<HybridRecipient, X25519Recipient>;

// age1pq1… or age1…; Errc::malformed, Errc::too_large.
Result<Recipient> parse_recipient(std::string_view text);

// Most stanzas that Candour writes.
inline constexpr std::size_t stanzas_max = 512;

// One stanza for each recipient, and dummies up to `places` (0: no dummies), in random order. Errc::refused
// for no recipient at all, more recipients than places, more than stanzas_max, hybrid mixed with X25519
// (age.md: one classic stanza would undo the others' protection), or dummies beside X25519; Errc::malformed
// for a key that is none.
Result<std::vector<AgeStanza>> wrap_for_recipients(const FileKey& file_key,
                                                   std::span<const Recipient> recipients, std::size_t places);

// Of a file that takes several of its recipients to open (docs/spec/threshold.md).
struct Sharing {
  unsigned threshold = 2;    // 2 to as many as there are recipients
  Digest audience_sha256{};  // of them, for whoever hands a share on
};
// The threshold stanza, and shares for the recipients and dummies up to `places` (0: no dummies), in random order. Errors as
// wrap_for_recipients(), for hybrid recipients only; Errc::refused for a threshold or a number of places that cannot be.
Result<std::vector<AgeStanza>> share_among_recipients(const FileKey& file_key,
                                                      std::span<const Recipient> recipients,
                                                      std::size_t places, const Sharing& sharing);

// The one stanza of a file sealed to a passphrase; work_factor_log2 1 to 22. Errc::refused, Errc::busy (no
// memory).
Result<std::vector<AgeStanza>> wrap_for_passphrase(const FileKey& file_key, const SecretBytes& passphrase,
                                                   unsigned work_factor_log2);

}  // namespace candour::seal
