// SPDX-License-Identifier: AGPL-3.0-or-later
// The words for status, risk and consent, there and back.
#include <algorithm>
#include <array>

#include "protocol/case_event.h"

namespace candour {
namespace {

constexpr std::array<std::string_view, 5> status_names{"new", "triage", "working", "waiting", "closed"};
constexpr std::array<std::string_view, 4> risk_names{"unknown", "standard", "high", "immediate"};
constexpr std::array<std::string_view, 3> consent_names{"yes", "no", "ask"};

template <class Enum, std::size_t N>
Result<Enum> named(const std::array<std::string_view, N>& names, std::string_view name, Literal otherwise) {
  const auto at = std::ranges::find(names, name);
  if (at == names.end()) return fail(Errc::malformed, otherwise);
  return static_cast<Enum>(at - names.begin());
}

}  // namespace

std::string_view name_of(CaseStatus status) { return status_names[static_cast<std::size_t>(status)]; }
Result<CaseStatus> parse_case_status(std::string_view name) {
  return named<CaseStatus>(status_names, name,
                           "the status of a case is new, triage, working, waiting or closed");
}
std::string_view name_of(CaseRisk risk) { return risk_names[static_cast<std::size_t>(risk)]; }
Result<CaseRisk> parse_case_risk(std::string_view name) {
  return named<CaseRisk>(risk_names, name, "the risk of a case is unknown, standard, high or immediate");
}
std::string_view name_of(Consent answer) { return consent_names[static_cast<std::size_t>(answer)]; }
Result<Consent> parse_consent(std::string_view name) {
  return named<Consent>(
      consent_names, name,
      "a consent names somebody in 1 to 80 bytes without control characters, and is yes, no or ask");
}

}  // namespace candour
