// SPDX-License-Identifier: AGPL-3.0-or-later
// What a sealed report must be to be taken at all (docs/spec/http.md): a current roster, an audience that it
// knows, a size under its policy, sealed in the one form that tells nothing. The only place that decides
// this, for reports in one request and in parts alike. Pure functions of their arguments.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>
#include <vector>

#include "crypto/core/bytes.h"
#include "protocol/day.h"
#include "protocol/ids.h"
#include "protocol/roster.h"
#include "protocol/sealed_report.h"
#include "server/http/problem.h"
#include "storage/audience.h"

namespace candour::server {

// The first problem, if there is one.
std::optional<Problem> check_open(const Roster& roster, Day today);
std::expected<storage::Audience, Problem> check_readers(const Roster& roster,
                                                        const std::vector<CaseworkerId>& audience);
std::expected<storage::Audience, Problem> check_readers(const Roster& roster, std::string_view header);
// Of a companion: some of the matching group, who are not revoked. Where the roster has one.
std::expected<storage::Audience, Problem> check_group(const Roster& roster, std::string_view header);
std::optional<Problem> check_total(const Roster& roster, std::uint64_t total_bytes);
// How what does not look sealed is answered, whatever it was to be.
std::optional<Problem> problem_of(SealedProblem wrong);
// For the desks at which `audience` are together. `first`: the whole, or part 0 of it.
std::optional<Problem> check_sealed(const Roster& roster, const storage::Audience& audience, ByteView first,
                                    std::uint64_t total_bytes);

}  // namespace candour::server
