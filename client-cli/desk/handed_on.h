// SPDX-License-Identifier: AGPL-3.0-or-later
// What colleagues handed on to a caseworker of one report, as a file for another machine of hers: the notes of their events, sealed by age
// to her own key (docs/spec/cli.md "fetch"). Believed there by the roster, as here.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client-cli/outcome.h"
#include "crypto/core/bytes.h"
#include "crypto/core/key_file.h"
#include "protocol/case_event.h"
#include "protocol/roster.h"

namespace candour::cli {

// `match_seed`: where a match opened the report (docs/spec/matching.md).
using MatchSeed = std::optional<std::array<std::uint8_t, 32>>;
Outcome<Bytes> seal_handed_on(const std::vector<std::string>& notes, const MatchSeed& match_seed,
                              const KeyFile& key);

struct HandedOn {
  std::vector<VerifiedEvent> events;  // without those that this roster gives no reason to believe
  MatchSeed match_seed;
};
Outcome<HandedOn> read_handed_on(const std::string& path, const KeyFile& key, const CaseworkerId& me,
                                 const Roster& roster);

}  // namespace candour::cli
