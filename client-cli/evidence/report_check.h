// SPDX-License-Identifier: AGPL-3.0-or-later
// One report's folder in a bag of evidence: its author's manifest against every original, the server's receipt against the sealed
// bytes. The files were hashed before, so nothing is read again. Needs no key.
#pragma once

#include <optional>

#include "client-cli/evidence/bag_check.h"
#include "protocol/evidence_note.h"
#include "protocol/receipt.h"
#include "protocol/report_json.h"

namespace candour::cli {

struct ReportInBag {
  std::optional<ReportId> id;    // its author's, or where there is none the exporter's word
  std::optional<Report> report;  // signed by its author
  std::optional<Receipt> receipt;
  bool is_contents = false;  // sealed without a manifest
};

// `signature`: of the bag, where it is good.
ReportInBag check_report(const BagTree& tree, std::size_t index, const Roster& roster,
                         const SignedEvidence* signature, BagReport& report);

}  // namespace candour::cli
