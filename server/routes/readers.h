// SPDX-License-Identifier: AGPL-3.0-or-later
// For whom a file is locked that does not come from our page: the readers of a desk today, less those whom she leaves
// out, and the file of them that stock `age -R` takes. Pure functions of a verified roster and a day.
// Spec: docs/spec/http.md "Without JavaScript".
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "protocol/day.h"
#include "protocol/ids.h"
#include "protocol/roster.h"
#include "server/http/problem.h"

namespace candour::server {

// not_found: no such desk. unknown_audience: somebody is not of it, or nobody would be left. roster_expired.
std::expected<Audience, Problem> readers_without(const VerifiedRoster& roster, const DeskId& desk,
                                                 const std::vector<CaseworkerId>& left_out, Day today);
// Exactly these, whom she was shown; unknown_audience where one of them can no longer read.
std::expected<Audience, Problem> readers_named(const VerifiedRoster& roster, const DeskId& desk,
                                               const std::vector<CaseworkerId>& readers, Day today);

// A comment and a recipient for each; nothing about those who were left out, as the file stays on her device.
std::string recipients_file(const Roster& roster, const Audience& readers);

}  // namespace candour::server
