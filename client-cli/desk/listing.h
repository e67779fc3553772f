// SPDX-License-Identifier: AGPL-3.0-or-later
// The desk listener's list of reports as text (docs/spec/http.md), and one of them as it is shown. Pure functions over untrusted bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client-cli/desk/session.h"
#include "crypto/core/result.h"
#include "protocol/json.h"

namespace candour::cli {

inline constexpr std::size_t listing_bytes_max = 1 << 20;

// Appends the reports of one page; is there more?
Result<bool> parse_listing(std::string_view json, std::vector<ListedReport>& reports);

// As `inbox --json` shows it: the same fields.
json::Object to_json(const ListedReport& report);

// Closed, held, withdrawn, in words; empty where it is none of them.
std::string marks_of(const ListedReport& report);

// The hex id just before this one, so that a page "after" it begins with this one; empty for the first of all.
std::string id_before(ReportId id);

}  // namespace candour::cli
