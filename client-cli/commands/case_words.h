// SPDX-License-Identifier: AGPL-3.0-or-later
// A case as the commands show it: in words, or as JSON.
#pragma once

#include <string>

#include "client-cli/cases/case_desk.h"
#include "protocol/json.h"

namespace candour::cli {

// State, readers, alarms and reports.
json::Object case_json(const CaseDesk& desk, const CaseFile& one);
json::Object event_json(const VerifiedEvent& event);

std::string case_words(const CaseDesk& desk, const CaseFile& one);

}  // namespace candour::cli
