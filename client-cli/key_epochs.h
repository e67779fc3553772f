// SPDX-License-Identifier: AGPL-3.0-or-later
// The epochs of a caseworker's sealing key (docs/spec/keys.md "Rotation"): a new one begun, old ones forgotten, and the card of the
// newest. Pure functions over a key file in memory; keys.h writes it.
#pragma once

#include <string>
#include <vector>

#include "client-cli/outcome.h"
#include "crypto/core/key_file.h"
#include "protocol/day.h"

namespace candour::cli {

inline constexpr int epoch_days_max = 400;
inline constexpr int epoch_days_default = 90;
// Each is tried on each stanza of whatever is opened.
inline constexpr std::size_t epochs_max = 40;

// A new key from `today` until `until`, before all others. Errc::refused where nothing would be gained, or the clock cannot be right.
Outcome<> begin_epoch(KeyFile& key_file, Day today, Day until);

// Takes out the keys whose last day is before `before`, and gives them; the newest stays whatever its days. Errc::refused where somebody
// could still seal to one of them; Errc::not_found where there is none.
Outcome<std::vector<SealingEpoch>> forget_epochs(KeyFile& key_file, Day before, Day today);

// JSON, of the newest epoch. Refuses a name that no steward could accept.
Outcome<std::string> card_of(const KeyFile& key_file, const std::string& name);

}  // namespace candour::cli
