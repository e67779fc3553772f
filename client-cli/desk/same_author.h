// SPDX-License-Identifier: AGPL-3.0-or-later
// Did one person write both? The same authorship key, or a new codename that a succession note joins to the old one
// (docs/spec/drops.md "Coming back"). Pure functions over reports whose manifests have been checked.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "protocol/report_json.h"

namespace candour::cli {

bool same_author(const Report& a, const Report& b);

// The note in a report that says so of its author; empty where there is none.
std::string succession_in(const Report& report);
// Both keys have signed it: the old one the note, the new one the report that it stands in.
bool succeeds(std::string_view note, const VerifyKey& later, const std::optional<ReportId>& thread,
              const VerifyKey& earlier);

}  // namespace candour::cli
