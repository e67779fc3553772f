// SPDX-License-Identifier: AGPL-3.0-or-later
// The half of `candour export` that writes a page for reading instead of evidence: --redacted.
#pragma once

#include <string>
#include <vector>

#include "client-cli/cases/case_desk.h"
#include "client-cli/outcome.h"

namespace candour::cli {

struct RedactedExport {
  CaseDeskOptions desk;
  std::vector<std::string> ids;  // at least one
  std::string out, phrases;      // files
  bool follow_ups = false, notes = false, may_miss = false, json = false;
};

Outcome<> export_redacted(const RedactedExport& options);

}  // namespace candour::cli
