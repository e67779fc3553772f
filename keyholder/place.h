// SPDX-License-Identifier: AGPL-3.0-or-later
// Which of the roster's holders this one is: its number follows from its public half (docs/spec/matching.md "Keys of holders"). Pure.
#pragma once

#include <cstdint>

#include "crypto/core/result.h"
#include "crypto/oprf/voprf.h"
#include "protocol/roster.h"

namespace candour::keyholder {

// Errc::no_match where the roster has no matching, or another key or sharing; Errc::malformed where its holders do not belong together.
Result<std::uint8_t> find_number(const Roster& roster, const oprf::Key& key);

}  // namespace candour::keyholder
