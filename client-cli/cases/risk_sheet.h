// SPDX-License-Identifier: AGPL-3.0-or-later
// The risk sheet of a case as a page that can be printed, and as events for somebody who comes later (docs/spec/cases.md "Kinds").
#pragma once

#include <string>
#include <vector>

#include "client-cli/cases/case_file.h"
#include "protocol/json.h"

namespace candour::cli {

// No accused and no account on it: paper is left lying about.
std::string risk_sheet_words(const CaseFile& one, Day today);
json::Object risk_sheet_page_json(const CaseFile& one);

// All of it, in as few events as hold it; none where nothing was written down.
std::vector<EventBody> risk_sheet_again(const CaseState& state);

}  // namespace candour::cli
