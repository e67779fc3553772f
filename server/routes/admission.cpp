// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/routes/admission.h"

#include <algorithm>
#include <string>
#include <utility>

#include "protocol/contains.h"

namespace candour::server {

std::optional<Problem> check_open(const Roster& roster, Day today) {
  if (!roster.is_valid_on(today)) return Problem::roster_expired;
  return std::nullopt;
}

namespace {

std::expected<storage::Audience, Problem> stored(const std::vector<CaseworkerId>& audience) {
  std::vector<std::string> ids;
  for (const CaseworkerId& id : audience) ids.push_back(id.text());
  auto stored = storage::Audience::of(std::move(ids));
  if (!stored) return std::unexpected(Problem::unknown_audience);
  return std::move(*stored);
}

}  // namespace

std::expected<storage::Audience, Problem> check_readers(const Roster& roster,
                                                        const std::vector<CaseworkerId>& audience) {
  if (!check_audience(roster, audience)) return std::unexpected(Problem::unknown_audience);
  return stored(audience);
}

std::expected<storage::Audience, Problem> check_readers(const Roster& roster, std::string_view header) {
  const auto audience = parse_audience_header(header);
  if (!audience) return std::unexpected(Problem::unknown_audience);
  return check_readers(roster, *audience);
}

std::expected<storage::Audience, Problem> check_group(const Roster& roster, std::string_view header) {
  const auto audience = parse_audience_header(header);
  const auto matches = [&](const CaseworkerId& id) {
    return contains(roster.matching->group, id) && roster.find_active(id) != nullptr;
  };
  if (!audience || !roster.matching || !std::ranges::all_of(*audience, matches))
    return std::unexpected(Problem::unknown_audience);
  return stored(*audience);
}

std::optional<Problem> check_total(const Roster& roster, std::uint64_t total_bytes) {
  if (total_bytes > sealed_report_bytes_max(roster.policy.attachments_bytes_max,
                                            roster.policy.attachments_max, roster.places)) {
    return Problem::too_large;
  }
  return std::nullopt;
}

std::optional<Problem> problem_of(SealedProblem wrong) {
  switch (wrong) {
    case SealedProblem::none:
      return std::nullopt;
    case SealedProblem::not_sealed:
      return Problem::not_sealed;
    case SealedProblem::wrong_recipients:
      return Problem::wrong_recipients;
    case SealedProblem::wrong_size:
      return Problem::wrong_size;
  }
  return Problem::not_sealed;
}

std::optional<Problem> check_sealed(const Roster& roster, const storage::Audience& audience, ByteView first,
                                    std::uint64_t total_bytes) {
  std::vector<CaseworkerId> ids;
  for (const std::string& name : audience.members()) {
    auto id = CaseworkerId::parse(name);
    if (!id) return Problem::unknown_audience;
    ids.push_back(*std::move(id));
  }
  return problem_of(check_sealed_report(first, total_bytes, roster.places, thresholds_for(roster, ids)));
}

}  // namespace candour::server
