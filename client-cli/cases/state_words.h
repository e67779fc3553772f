// SPDX-License-Identifier: AGPL-3.0-or-later
// Of the state of a case what several views show alike: who leads it and looks after it today, whether somebody else has looked at its
// closure, its risk sheet. Texts of others are made harmless in the words, not in the JSON.
#pragma once

#include <optional>
#include <string>

#include "client-cli/cases/case_file.h"
#include "protocol/json.h"

namespace candour::cli {

// Who looks after it today for who leads it, and still reads it.
std::optional<event::Cover::Stand> cover_of(const CaseFile& one, Day today);

// "ada", or "ada (bo until 2026-12-12)"; "nobody".
std::string lead_words(const CaseFile& one, Day today);
// "closed, not signed off": a remark, which keeps nobody from anything.
std::string status_words(const CaseState& state);

// {"by", "until"}, or null.
json::Value cover_json(const CaseFile& one, Day today);
// By what was signed off: who did.
json::Value signed_off_json(const CaseState& state);
// By what nobody else has looked at yet: `event`, to be named, and `by`.
json::Value to_sign_off_json(const CaseState& state);
// In the order of its lines.
json::Value risk_sheet_json(const CaseState& state);

}  // namespace candour::cli
