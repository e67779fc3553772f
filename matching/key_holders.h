// SPDX-License-Identifier: AGPL-3.0-or-later
// Who holds the evaluation key, between the roster's words (protocol/roster_matching.h) and the arithmetic (crypto/oprf/threshold.h). docs/spec/matching.md
// "Several holders", docs/spec/roster.md "Matching". Values, no I/O; thread-safe.
#pragma once

#include <cstdint>

#include "crypto/core/result.h"
#include "crypto/core/secret.h"
#include "crypto/oprf/threshold.h"
#include "protocol/roster_matching.h"

namespace candour::matching {

// By which it asks the server for batches.
Secret<32> holder_token(const oprf::Key& share);

// What the roster says of whoever has this share.
KeyHolder key_holder(std::uint8_t number, const oprf::Key& share);

// That the public shares belong together and to the public key. Errc::malformed for what is no element; else as oprf::check_holders().
Result<oprf::Holders> check_key_holders(const RosterMatching& matching);

}  // namespace candour::matching
