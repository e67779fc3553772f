// SPDX-License-Identifier: AGPL-3.0-or-later
// Which reports name the same person, and what opens by it (docs/spec/matching.md "Matching").
#include <algorithm>
#include <ranges>

#include "client-cli/cases/case_desk.h"
#include "client-cli/cases/match_words.h"
#include "protocol/contains.h"

namespace candour::cli {

bool CaseDesk::matches() const { return roster_->matching && contains(roster_->matching->group, me_); }

std::string_view CaseDesk::words_of_no_key() const {
  if (!roster_->matching) return {};
  return matches() ? no_key_to_group : no_key_to_others;
}

bool CaseDesk::is_held(const ReportId& report) const {
  const KnownReport* its = known(report);
  if (its == nullptr || its->by_author || !its->has_no_key) return false;
  const auto companion = event_of_companion_.lower_bound({.report = report, .author = {}, .text_sha256 = {}});
  return companion != event_of_companion_.end() && companion->first.report == report;
}

std::vector<const KnownReport*> CaseDesk::held() const {
  std::vector<const KnownReport*> all;
  for (const ListedReport& report : listed_)
    if (is_held(report.id)) all.push_back(known(report.id));
  return all;
}

MatchSeed CaseDesk::match_seed_of(const ReportId& report) const {
  const KnownReport* its = known(report);
  return its == nullptr ? std::nullopt : its->match_seed;
}

bool CaseDesk::was_opened_by_match(const ReportId& report) const { return match_seed_of(report).has_value(); }

bool CaseDesk::is_disproved(const matching::CompanionName& companion) const {
  const KnownReport* its = known(companion.report);
  if (its == nullptr) return false;
  const auto tried = its->disproved.find(companion.text_sha256);
  return tried != its->disproved.end() && tried->second == today();
}

std::vector<matching::CompanionName> CaseDesk::disproved() const {
  std::vector<matching::CompanionName> all;
  for (const auto& companion : companions_)
    if (const KnownReport* its = known(companion->report);
        its != nullptr && its->disproved.contains(companion.name().text_sha256))
      all.push_back(companion.name());
  std::ranges::sort(all);
  return all;
}

// What opens may join authors, or hand over what opens more.
Outcome<> CaseDesk::match_reports() {
  for (bool is_more = true; is_more;) {
    match();
    const auto opened = open_matched();
    if (!opened) return fail(opened);
    is_more = *opened;
  }
  return {};
}

void CaseDesk::match() {
  matched_ = {};
  if (!matches()) return;
  const auto evaluation_key = oprf::Element::parse(roster_->matching->public_key);
  if (!evaluation_key) return watch_.warned(no_evaluation_key);
  std::vector<const KnownReport*> open_reports;
  for (const auto& [id, report] : copy_->reports())
    if (report.by_author) open_reports.push_back(&report);
  matching::MatchReader reader{
      .caseworker = me_, .evaluation_key = *evaluation_key, .first_keys = first_keys_of(open_reports)};
  for (const KnownReport* report : open_reports) {
    const VerifyKey& author = report->by_author->author;
    reader.authors.emplace(report->id, author);
    const auto first = reader.first_keys.find(author);
    for (const auto& [held, release] : report->by_author->releases)
      reader.releases.emplace(std::pair(held, first == reader.first_keys.end() ? author : first->second),
                              release);
  }
  // Those that were seen not to be their report's take no part.
  const auto others = std::ranges::partition(
      companions_, [&](const auto& companion) { return !is_disproved(companion.name()); });
  matched_ = matching::match_companions(std::span(companions_.begin(), others.begin()), reader);
}

// Did anything change?
Outcome<bool> CaseDesk::open_matched() {
  bool is_more = false;
  for (const matching::OpenedCompanion& by : matched_.opened) {
    const ListedReport* report = listed(by.companion.report);
    if (report == nullptr || !by.identity_seed || !is_held(report->id)) continue;
    const auto changed = open_matched(by, *report);
    if (!changed) return fail(changed);
    is_more = is_more || *changed;
  }
  return is_more;
}

// Like any other, with every check; and it has to be the report, and the author, of the companion.
Outcome<bool> CaseDesk::open_matched(const matching::OpenedCompanion& by, const ListedReport& report) {
  ReportAccess access = access_to(report.id);
  access.identities.push_back(identity_of_seed(by.identity_seed->reveal()));
  const auto read = read_report(desk_->session, access, report);
  KnownReport now = *known(report.id);
  if (read && read->opened.report.authorship_key == by.companion.author) {
    auto disproved = std::move(now.disproved);
    now = known_report(report, *read, roster_->form);
    now.disproved = std::move(disproved);
    std::ranges::copy(by.identity_seed->reveal(), now.match_seed.emplace().begin());
  } else {
    if (!read && !is_about_the_report(read.error().code)) return fail(read);
    if (!read && read.error().code == Errc::not_found) return false;  // erased since it was listed
    if (auto hers = read ? Outcome<>() : check_refusal(read.error().code); !hers) return fail(hers);
    now.disproved.insert_or_assign(by.companion.text_sha256, today());
  }
  copy_->put(std::move(now));
  return true;
}

std::vector<CaseworkerId> CaseDesk::readers_of_match(const CaseFile& one) const {
  std::vector<CaseworkerId> readers = one.readers;
  if (roster_->matching)
    std::erase_if(readers, [&](const CaseworkerId& who) { return !contains(roster_->matching->group, who); });
  std::set<matching::CompanionName> its;
  for (const matching::Match& match : matched_.matches)
    if (std::ranges::any_of(match.companions, [&](const matching::CompanionName& companion) {
          return contains(one.reports, companion.report, &KnownReport::id);
        }))
      its.insert(match.companions.begin(), match.companions.end());
  for (const auto& companion : companions_)
    if (its.contains(companion.name()))
      std::erase_if(readers, [&](const CaseworkerId& who) { return contains(companion->excluded, who); });
  if (!contains(readers, me_)) readers.push_back(me_);
  std::ranges::sort(readers);
  return readers;
}

bool CaseDesk::is_left_out_of_held(const CaseFile& one, const CaseworkerId& who) const {
  return std::ranges::any_of(companions_, [&](const auto& companion) {
    return is_held(companion->report) && contains(companion->excluded, who) &&
           std::ranges::any_of(one.reports, [&](const KnownReport* report) {
             return report->by_author && report->by_author->author == companion->author;
           });
  });
}

}  // namespace candour::cli
