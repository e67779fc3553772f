// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/cases/case_file.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>

#include "client-cli/desk/same_author.h"
#include "protocol/contains.h"

namespace candour::cli {
namespace {

using Authors = std::map<VerifyKey, VerifyKey>;  // whose codename follows whose

// By report ids: the author of the report itself, and of those that name it as their thread.
std::map<ReportId, std::set<VerifyKey>> authors_by_thread(const std::vector<const KnownReport*>& reports) {
  std::map<ReportId, std::set<VerifyKey>> authors;
  for (const KnownReport* report : reports) {
    if (!report->by_author) continue;
    authors[report->id].insert(report->by_author->author);
    if (report->by_author->thread && report->by_author->succession.empty())
      authors[*report->by_author->thread].insert(report->by_author->author);
  }
  return authors;
}

Authors predecessors(const std::vector<const KnownReport*>& reports) {
  const auto by_thread = authors_by_thread(reports);
  Authors before;
  for (const KnownReport* report : reports) {
    if (!report->by_author || report->by_author->succession.empty() || !report->by_author->thread) continue;
    const auto candidates = by_thread.find(*report->by_author->thread);
    if (candidates == by_thread.end()) continue;
    for (const VerifyKey& old : candidates->second) {
      const auto& its = *report->by_author;
      if (succeeds(its.succession, its.author, its.thread, old))
        before.emplace(report->by_author->author, old);
    }
  }
  return before;
}

CaseId case_of(const KnownReport& report, const Authors& before) {
  if (!report.by_author) return derive_case_id(report.id);
  VerifyKey author = report.by_author->author;
  // A circle would take two keys that follow each other: it ends all the same.
  std::set<VerifyKey> passed;
  for (auto old = before.find(author); old != before.end() && passed.insert(author).second;
       old = before.find(author))
    author = old->second;
  return derive_case_id(author);
}

std::vector<CaseworkerId> readers_of(const std::vector<const KnownReport*>& reports, const Roster& roster,
                                     const std::set<CaseworkerId>& recused) {
  std::vector<CaseworkerId> readers;
  for (bool first = true; const KnownReport* report : reports) {
    if (!report->by_author) return {};
    const auto& its = *report->by_author;
    std::vector<CaseworkerId> both;
    if (std::exchange(first, false))
      both = its.audience;
    else
      std::ranges::set_intersection(readers, its.audience, std::back_inserter(both));
    readers = std::move(both);
  }
  std::erase_if(readers, [&](const CaseworkerId& who) {
    const auto excludes = [&](const KnownReport* report) {
      return contains(report->by_author->excluded, who);
    };
    return roster.find_active(who) == nullptr || recused.contains(who) ||
           std::ranges::any_of(reports, excludes);
  });
  return readers;
}

// Only who may read the case has a say in it, whoever has sealed something to us.
void put_together(CaseFile& its, const Roster& roster) {
  const auto allowed = readers_of(its.reports, roster, {});
  std::erase_if(its.events, [&](const VerifiedEvent& event) {
    const Caseworker* author = roster.find(event->author);
    return author == nullptr || (!author->revoked && !std::ranges::binary_search(allowed, event->author));
  });
  its.state = fold_events(its.events, roster);
  its.readers = readers_of(its.reports, roster, its.state.recused);
}

}  // namespace

void CaseFile::add(VerifiedEvent event, const Roster& roster) {
  events.push_back(std::move(event));
  put_together(*this, roster);
}

bool CaseFile::is_reader(const CaseworkerId& who) const { return std::ranges::binary_search(readers, who); }

bool CaseFile::has_read(const CaseworkerId& who, const ReportId& report) const {
  return std::ranges::any_of(state.timeline, [&](const VerifiedEvent* event) {
    return (*event)->author == who && (*event)->body == EventBody(event::Opened{report});
  });
}

bool CaseFile::danger() const {
  return std::ranges::any_of(
      reports, [](const auto* report) { return report->by_author && report->by_author->danger; });
}

std::string CaseFile::accused() const {
  for (const KnownReport* report : reports) {
    if (!report->by_author || report->by_author->accused.empty()) continue;
    std::string words;
    for (const auto* name : {"force", "forename", "surname", "collar_number"})
      if (const auto found = report->by_author->accused.find(name); found != report->by_author->accused.end())
        words += (words.empty() ? "" : " ") + found->second;
    if (words.empty()) words = report->by_author->accused.begin()->second;
    return words;
  }
  return {};
}

std::vector<CaseFile> cases_of(const std::vector<const KnownReport*>& reports,
                               std::vector<VerifiedEvent> events, const Roster& roster) {
  const Authors before = predecessors(reports);
  std::map<CaseId, CaseFile> cases;
  for (const KnownReport* report : reports) {
    const CaseId id = case_of(*report, before);
    CaseFile& its = cases[id];
    its.id = id;
    its.reports.push_back(report);
  }
  for (VerifiedEvent& event : events)
    if (const auto its = cases.find(event->case_id); its != cases.end())
      its->second.events.push_back(std::move(event));
  std::vector<CaseFile> all;
  for (auto& [id, its] : cases) {
    // Of those that came on one day, what adds to another comes after it.
    std::ranges::sort(its.reports, {}, [](const KnownReport* report) {
      return std::tuple(report->arrived, report->by_author && report->by_author->thread.has_value(),
                        report->id);
    });
    put_together(its, roster);
    all.push_back(std::move(its));
  }
  return all;
}

}  // namespace candour::cli
