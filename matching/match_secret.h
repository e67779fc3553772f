// SPDX-License-Identifier: AGPL-3.0-or-later
// What a match opens (docs/spec/matching.md "Shares"): the match secret, wrapped in each slot under the root of the threshold that its author
// chose, and what hangs on it: the seed of the identity to which her report is held, and her words of how to reach her. Thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "crypto/core/result.h"
#include "crypto/core/secret.h"
#include "crypto/oprf/scalar.h"
#include "matching/companion.h"

namespace candour::matching {

inline constexpr std::size_t contact_text_bytes_max = 1024;

using MatchSecret = Secret<32>;
using Release = Secret<32>;  // ReporterKeys::match_release()

// Of a companion only report, author and salt count, which make the key one of its own.
std::array<std::uint8_t, wrap_bytes> wrap_secret(const oprf::SecretScalar& root, const Companion& companion,
                                                 const MatchSecret& secret);
// Errc::not_authentic where it was wrapped under another root: for another threshold, perhaps.
Result<MatchSecret> unwrap_secret(const oprf::SecretScalar& root, const Companion& companion,
                                  const Slot& slot);

// `release`: nullptr where everything opens with the match alone.
std::array<std::uint8_t, body_bytes> seal_body(const MatchSecret& secret, const Release* release,
                                               const Secret<32>& identity_seed);
// Errc::not_authentic where nothing is held, or not so.
Result<Secret<32>> open_body(const MatchSecret& secret, const Release* release, const Companion& companion);

// Errc::malformed unless it is 1 to contact_text_bytes_max bytes of UTF-8 without control characters but line feeds.
Result<> check_contact(std::string_view text);
// `text`: as check_contact() wants it.
std::array<std::uint8_t, contact_bytes> seal_contact(const MatchSecret& secret, std::string_view text);
// Errc::not_authentic where there is none; Errc::malformed where it is not as check_contact() wants it.
Result<std::string> open_contact(const MatchSecret& secret, const Companion& companion);

}  // namespace candour::matching
