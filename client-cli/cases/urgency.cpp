// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/cases/urgency.h"

#include <algorithm>
#include <tuple>

namespace candour::cli {
namespace {

constexpr Day never{1 << 24};

// Made once for each: to sort asks for it many times.
auto order_of(const CaseDesk& desk, const CaseFile& one) {
  const bool closed = one.state.status == CaseStatus::closed;
  const bool urgent =
      one.state.risk == CaseRisk::immediate || (one.danger() && one.state.status == CaseStatus::fresh);
  const auto next = next_deadline(one);
  return std::tuple(closed, !urgent, !is_unread(desk, one), next ? next->day : never,
                    -one.reports.back()->arrived.days_since_epoch(), one.id);
}

}  // namespace

bool is_unread(const CaseDesk& desk, const CaseFile& one) {
  return std::ranges::any_of(one.reports,
                             [&](const KnownReport* report) { return !desk.listed(report->id)->seen; });
}

std::optional<NextDeadline> next_deadline(const CaseFile& one) {
  std::optional<NextDeadline> next;
  for (const auto& [name, day] : one.state.deadlines)
    if (!next || day < next->day) next = NextDeadline{day, name};
  return next;
}

std::vector<const CaseFile*> by_urgency(const CaseDesk& desk) {
  std::vector<std::pair<decltype(order_of(desk, desk.cases()[0])), const CaseFile*>> ordered;
  for (const CaseFile& one : desk.cases()) ordered.emplace_back(order_of(desk, one), &one);
  std::ranges::sort(ordered, {}, [](const auto& entry) { return entry.first; });
  std::vector<const CaseFile*> cases;
  for (const auto& [order, one] : ordered) cases.push_back(one);
  return cases;
}

}  // namespace candour::cli
