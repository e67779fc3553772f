// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/cases/statistics.h"

#include <algorithm>

namespace candour::cli {
namespace {

constexpr std::size_t month_bytes = 7;  // of 2026-11-26
constexpr std::string_view not_named = "not named";

using Counts = std::vector<Count>;

void add_to(Counts& counts, const std::string& name) {
  const auto found = std::ranges::find(counts, name, &Count::name);
  if (found == counts.end())
    counts.push_back({name, 1});
  else
    ++found->count;
}

// From the first account that says it.
std::string force_of(const CaseFile& one) {
  for (const KnownReport* report : one.reports) {
    if (!report->by_author) continue;
    const auto force = report->by_author->accused.find("force");
    if (force != report->by_author->accused.end()) return force->second;
  }
  return std::string(not_named);
}

// What authors wrote in words of their own may tell who it is about: a name that few gave is not listed.
Counts without_rare_names(const Counts& counts) {
  Counts out;
  Count others{"others, each named by fewer than 5", 0};
  for (const Count& one : counts) {
    if (one.count < shown_count_min && one.name != not_named)
      others.count += one.count;
    else
      out.push_back(one);
  }
  if (others.count > 0) out.push_back(std::move(others));
  return out;
}

}  // namespace

Statistics statistics_of(const std::vector<CaseFile>& cases) {
  Counts status, risk, labels, months, forces;
  for (const auto each :
       {CaseStatus::fresh, CaseStatus::triage, CaseStatus::working, CaseStatus::waiting, CaseStatus::closed})
    status.push_back({std::string(name_of(each)), 0});
  for (const auto each : {CaseRisk::unknown, CaseRisk::standard, CaseRisk::high, CaseRisk::immediate})
    risk.push_back({std::string(name_of(each)), 0});
  for (const CaseFile& one : cases) {
    add_to(status, std::string(name_of(one.state.status)));
    add_to(risk, std::string(name_of(one.state.risk)));
    for (const std::string& label : one.state.labels) add_to(labels, label);
    add_to(months, one.reports.front()->arrived.encode().substr(0, month_bytes));
    add_to(forces, force_of(one));
  }
  for (Counts* counts : {&labels, &months, &forces}) std::ranges::sort(*counts, {}, &Count::name);
  forces = without_rare_names(forces);
  Statistics out;
  const std::pair<std::string_view, const Counts*> all[] = {
      {"status", &status}, {"risk", &risk}, {"label", &labels}, {"month", &months}, {"force", &forces}};
  for (const auto& [name, counts] : all) {
    out.tables.emplace_back(name, hide_small(*counts));
    out.rounded = out.rounded || out.tables.back().second.hides;
  }
  const std::uint64_t total = cases.size();
  if (total == 0 || total >= shown_count_min) out.total = out.rounded ? rounded_down(total) : total;
  return out;
}

}  // namespace candour::cli
