// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/cases/case_file.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>

#include "client-cli/desk/same_author.h"
#include "protocol/admission.h"
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

VerifyKey first_key_of(VerifyKey author, const Authors& before) {
  // A circle would take two keys that follow each other: it ends all the same.
  std::set<VerifyKey> passed;
  for (auto old = before.find(author); old != before.end() && passed.insert(author).second;
       old = before.find(author))
    author = old->second;
  return author;
}

CaseId case_of(const KnownReport& report, const Authors& before) {
  if (!report.by_author) return derive_case_id(report.id);
  return derive_case_id(first_key_of(report.by_author->author, before));
}

// In the audience of every report, and excluded by none.
std::vector<CaseworkerId> named_by_author(const CaseFile& its) {
  std::vector<CaseworkerId> readers;
  for (bool first = true; const KnownReport* report : its.reports) {
    if (!report->by_author) return {};
    const auto& audience = report->by_author->audience;
    std::vector<CaseworkerId> both;
    if (std::exchange(first, false))
      both = audience;
    else
      std::ranges::set_intersection(readers, audience, std::back_inserter(both));
    readers = std::move(both);
  }
  std::erase_if(readers, [&](const CaseworkerId& who) { return its.is_excluded(who); });
  return readers;
}

std::vector<CaseworkerId> excluded_by_author(const CaseFile& its) {
  std::set<CaseworkerId> all;
  for (const KnownReport* report : its.reports)
    if (report->by_author) all.insert(report->by_author->excluded.begin(), report->by_author->excluded.end());
  return {all.begin(), all.end()};
}

// Of what she says nothing counts who is not entitled; of who is revoked, case_state.h sorts out what remains.
std::vector<VerifiedEvent> said_by(const std::vector<CaseworkerId>& entitled,
                                   const std::vector<VerifiedEvent>& events, const Roster& roster) {
  std::vector<VerifiedEvent> all;
  std::ranges::copy_if(events, std::back_inserter(all), [&](const VerifiedEvent& event) {
    const Caseworker* author = roster.find(event->author);
    return author != nullptr && (author->revoked || std::ranges::binary_search(entitled, event->author));
  });
  return all;
}

// Where the author of every report would have found her.
bool is_at_its_desks(const CaseFile& its, const CaseworkerId& who, const Roster& roster) {
  const Caseworker* newcomer = roster.find(who);
  return newcomer != nullptr && std::ranges::all_of(its.reports, [&](const KnownReport* report) {
           return report->by_author && newcomer->is_at(report->by_author->desk);
         });
}

// Those of events that count. And what somebody passes on who may not be entitled but by that very admission: it is believed where its
// own author is not revoked, and nothing else that its bearer says.
std::vector<Admission> admissions_of(const CaseFile& its, const std::vector<VerifiedEvent>& all,
                                     const Roster& roster) {
  std::vector<Admission> admissions;
  const auto take = [&](const VerifiedEvent& event, bool by_the_living) {
    auto one = admission_in(event, roster);
    if (one && is_at_its_desks(its, one->who, roster) &&
        (!by_the_living || roster.find_active(one->by) != nullptr))
      admissions.push_back(*std::move(one));
  };
  for (const VerifiedEvent* event : its.state.timeline) take(*event, false);
  for (const VerifiedEvent& event : all)
    if (std::holds_alternative<event::Earlier>(event->body)) take(event, true);
  return admissions;
}

// A report that came later may have gone to others than the first: only who was named in none of them could not know of the case.
bool could_know(const CaseFile& its, const CaseworkerId& who) {
  return contains(its.entitled, who) || std::ranges::any_of(its.reports, [&](const KnownReport* report) {
           return report->by_author && contains(report->by_author->audience, who);
         });
}

void find_wrongs(CaseFile& its) {
  its.refused_admissions.clear();
  its.leaks.clear();
  if (its.entitled.empty()) return;
  for (const VerifiedEvent* event : its.state.timeline) {
    const auto* admitted = std::get_if<event::Admitted>(&(*event)->body);
    if (admitted != nullptr && !contains(its.entitled, admitted->who))
      its.refused_admissions.push_back(event);
    else if (std::ranges::any_of((*event)->readers, [&](const auto& who) { return !could_know(its, who); }))
      its.leaks.push_back(event);
  }
}

// Only who may read the case has a say in it, whoever has sealed something to us; and who may read it, those say who may. So it is
// put together again while somebody is added: at most as often as there are people.
void put_together(CaseFile& its, const Roster& roster) {
  const auto excluded = excluded_by_author(its);
  std::vector<VerifiedEvent> all = std::move(its.events);
  for (its.entitled = named_by_author(its);;) {
    its.events = said_by(its.entitled, all, roster);
    its.state = fold_events(its.events, roster);
    auto more = with_admitted(its.entitled, admissions_of(its, all, roster), excluded);
    if (more == its.entitled) break;
    its.entitled = std::move(more);
  }
  its.readers = its.entitled;
  std::erase_if(its.readers, [&](const CaseworkerId& who) {
    return roster.find_active(who) == nullptr || its.state.recused.contains(who);
  });
  find_wrongs(its);
}

}  // namespace

void CaseFile::add(VerifiedEvent event, const Roster& roster) {
  events.push_back(std::move(event));
  put_together(*this, roster);
}

bool CaseFile::is_excluded(const CaseworkerId& who) const {
  return std::ranges::any_of(reports, [&](const KnownReport* report) {
    return report->by_author && contains(report->by_author->excluded, who);
  });
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

std::map<VerifyKey, VerifyKey> first_keys_of(const std::vector<const KnownReport*>& reports) {
  const Authors before = predecessors(reports);
  std::map<VerifyKey, VerifyKey> first;
  for (const auto& [later, earlier] : before) first.emplace(later, first_key_of(earlier, before));
  return first;
}

std::vector<CaseFile> cases_of(const std::vector<const KnownReport*>& reports,
                               const std::vector<const KnownReport*>& gone, std::vector<VerifiedEvent> events,
                               const Roster& roster) {
  std::vector<const KnownReport*> all_reports = reports;
  all_reports.insert(all_reports.end(), gone.begin(), gone.end());
  const Authors before = predecessors(all_reports);
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
