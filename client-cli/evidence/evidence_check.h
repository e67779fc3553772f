// SPDX-License-Identifier: AGPL-3.0-or-later
// What Candour's own notes in a bag say (docs/spec/evidence.md "Checking"): who exported it, who wrote it, when the server had it;
// and that nothing else is there. For a bag whose files bag_check.h has gone through. Needs no key.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client-cli/evidence/bag_check.h"
#include "protocol/evidence_note.h"
#include "protocol/pin.h"
#include "protocol/receipt.h"
#include "protocol/roster.h"

namespace candour::cli {

// Whose keys are believed. Where `is_pinned` the root keys of a pin have signed it; else anybody may have made it.
struct EvidenceRoster {
  Roster roster;
  bool is_given = false;  // and not the one in the bag
  bool is_pinned = false;
};

// Was it made by Candour, or does it say so?
bool claims_evidence(const BagTree& tree, const BagInfo& info);

// The roster in the bag; nothing, and a finding, where there is none that counts.
std::optional<EvidenceRoster> roster_in_bag(const BagTree& tree, const Pin* pin, BagReport& report);

struct CheckedReport {
  ReportId id;
  bool has_author = false;  // signed by its author; else contents of which nothing is known
  std::optional<Receipt> receipt;
};

struct CheckedEvidence {
  std::optional<EvidenceNote> note;  // where its signature is good
  std::string signer, fingerprint;   // of the same
  std::vector<CheckedReport> reports;
};

CheckedEvidence check_evidence(const BagTree& tree, const EvidenceRoster& roster, BagReport& report);

}  // namespace candour::cli
