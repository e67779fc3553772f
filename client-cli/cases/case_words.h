// SPDX-License-Identifier: AGPL-3.0-or-later
// A case as it is shown: in words, or as JSON (docs/spec/cli.md "JSON"). Texts of others are made harmless in the words, not in the JSON.
#pragma once

#include <string>
#include <vector>

#include "client-cli/cases/case_desk.h"
#include "protocol/json.h"

namespace candour::cli {

// What a list shows of it too: id, accused, danger, status, risk, lead, who covers, what is signed off.
json::Object case_head_json(const CaseFile& one);
// And state, readers, alarms and reports.
json::Object case_json(const CaseDesk& desk, const CaseFile& one);
// With what was said: `events`, `revoked_events`.
json::Object full_case_json(const CaseDesk& desk, const CaseFile& one);

// What is missing, or not as it should be.
std::vector<std::string> alarms_of(const CaseDesk& desk, const CaseFile& one);

std::string case_words(const CaseDesk& desk, const CaseFile& one);

}  // namespace candour::cli
