// SPDX-License-Identifier: AGPL-3.0-or-later
// Who was let in by whom (docs/spec/cases.md "Somebody who comes later"). Pure functions.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "protocol/ids.h"

namespace candour {

struct CaseId;
struct Roster;
class VerifiedEvent;

struct Admission {
  CaseworkerId by, who;
  bool operator==(const Admission&) const = default;
};

// `readers`, whom the author named, and whomever one of these admitted, and so on; never anybody whom she excluded. Sorted.
std::vector<CaseworkerId> with_admitted(std::vector<CaseworkerId> readers,
                                        std::span<const Admission> admissions,
                                        std::span<const CaseworkerId> excluded);

// What this event says of who was let in by whom: itself, or as one from before that was said again. Nothing where it says nothing of that;
// where whom it lets in could not read it; or where the one from before is not of the same case, or not signed by whom it names.
std::optional<Admission> admission_in(const VerifiedEvent& event, const Roster& roster);
// Of all events of a case. What was said again counts only from who is not revoked, by whomever it is passed on.
std::vector<Admission> admissions_in(std::span<const VerifiedEvent> events, const CaseId& in_case,
                                     const Roster& roster);

}  // namespace candour
