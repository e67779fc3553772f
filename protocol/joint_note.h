// SPDX-License-Identifier: AGPL-3.0-or-later
// What no caseworker may do alone: erase a report, lift the holds of others (docs/spec/retention.md "The two notes"), erase events
// (docs/spec/cases.md "At the server"). encode_joint() gives the text; sign_note() and add_note_signature() of crypto/sign make the
// note of it. Whether the day is near and the signers are of the audience of what it names is the server's to check.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/core/note.h"
#include "crypto/core/result.h"
#include "protocol/day.h"
#include "protocol/ids.h"
#include "protocol/roster.h"
#include "protocol/sealed_event.h"

namespace candour {

enum class JointAct : std::uint8_t { erasure, hold_lift, event_erasure };

struct JointNote {
  JointAct act = JointAct::erasure;
  ReportId report = {};           // of an erasure and a lift
  Day day;                        // of the first signature
  HoldMark hold_mark{};           // of a lift: which holds
  std::vector<EventId> events{};  // of an erasure of events: ascending, 1 to events_erased_max
  bool operator==(const JointNote&) const = default;

  // From the day before (clocks differ) to joint_note_days after.
  bool is_good_on(Day today) const;
};

std::string encode_joint(const JointNote& note);
Result<JointNote> parse_joint(std::string_view text);

struct SignedJointNote {
  JointNote what;
  std::vector<CaseworkerId> signers;  // two or more, different
};
// Errc::no_match unless two caseworkers of the roster who are not revoked have signed it; Errc::not_authentic where a
// signature of one of them is wrong.
Result<SignedJointNote> verify_joint(std::string_view note, const Roster& roster);

}  // namespace candour
