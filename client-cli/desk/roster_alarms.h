// SPDX-License-Identifier: AGPL-3.0-or-later
// Was a report sealed by the roster that its author should have seen? A server can show her an older one that is still
// valid, and so have a report sealed to somebody who has been revoked since (docs/threat-model.md). Her manifest names the
// roster that was used; here it is held against the newest one that the opener knows. Pure functions.
#pragma once

#include <string>
#include <vector>

#include "client-cli/desk/opened_report.h"
#include "protocol/roster.h"

namespace candour::cli {

struct RosterAlarms {
  bool is_other_roster = false;         // than the newest
  std::vector<CaseworkerId> no_longer;  // of the audience: revoked since, or taken out of the roster
  std::vector<std::string> words;       // one warning each: cause, then what to do
};

RosterAlarms roster_alarms(const OpenedReport& opened, const VerifiedRoster& newest,
                           const CaseworkerId& reader);

}  // namespace candour::cli
