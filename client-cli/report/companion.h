// SPDX-License-Identifier: AGPL-3.0-or-later
// The companion of a stored report (docs/spec/matching.md "Companion"): made from the evaluation of whom it names, signed with the authorship
// key, sealed like an event to those of the matching group whom she did not leave out, and put beside the report. To the server it is the same
// whether she names anybody, or holds her report back, or neither. Used by one thread at a time.
#pragma once

#include <optional>
#include <vector>

#include "client-cli/net/http_client.h"
#include "client-cli/outcome.h"
#include "client-cli/report/evaluation.h"
#include "crypto/oprf/threshold.h"
#include "matching/compose.h"
#include "protocol/roster.h"

namespace candour::cli {

// Who can match today, and by whose answers.
struct MatchingGroup {
  oprf::Holders holders;
  std::vector<Audience::Member> members;  // sorted by id, at least one
  std::vector<CaseworkerId> excluded;
};
// Nothing where the organisation matches no reports, or nobody of its group is left. Errc::malformed where the roster's public shares do
// not belong together.
Result<std::optional<MatchingGroup>> matching_group(const VerifiedRoster& roster,
                                                    const std::vector<CaseworkerId>& excluded, Day today);

// The sealed bytes.
Outcome<Bytes> make_companion(const VerifiedRoster& roster, const MatchingGroup& group,
                              const NamedReport& report, const matching::Outputs& outputs,
                              const matching::Holding* holding);

// Stored when it succeeds. Errors as evaluate_names().
Outcome<> put_companion(HttpClient& server, const MatchingGroup& group, std::size_t places,
                        const NamedReport& report, ByteView sealed, Patience& patience);

}  // namespace candour::cli
