// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/cases/matches.h"

#include <algorithm>
#include <map>

#include "client-cli/cases/match_words.h"
#include "client-cli/desk/people.h"

namespace candour::cli {
namespace {

using Cases = std::map<ReportId, const CaseFile*>;

Cases cases_by_report(const CaseDesk& desk) {
  Cases cases;
  for (const CaseFile& one : desk.cases())
    for (const KnownReport* report : one.reports) cases.emplace(report->id, &one);
  return cases;
}

MatchedReport matched_report(const CaseDesk& desk, const Cases& cases, const matching::CompanionName& name) {
  MatchedReport one{.report = name.report, .state = MatchedState::unlisted, .its = nullptr, .contact = {}};
  const auto opened = std::ranges::find(desk.matched().opened, name, &matching::OpenedCompanion::companion);
  if (opened != desk.matched().opened.end()) one.contact = opened->contact;
  if (const auto its = cases.find(name.report); its != cases.end()) one.its = its->second;
  if (desk.listed(name.report) == nullptr) return one;
  if (desk.is_held(name.report))
    one.state = one.contact ? MatchedState::asks_first : MatchedState::held;
  else if (one.its != nullptr)
    one.state = desk.was_opened_by_match(name.report) ? MatchedState::opened : MatchedState::sent;
  return one;
}

std::vector<CaseworkerId> shared_leads(const std::vector<MatchedReport>& reports) {
  std::map<CaseworkerId, std::set<CaseId>> led;
  for (const MatchedReport& one : reports)
    if (one.its != nullptr && one.its->state.lead) led[*one.its->state.lead].insert(one.its->id);
  std::vector<CaseworkerId> shared;
  for (const auto& [who, cases] : led)
    if (cases.size() > 1) shared.push_back(who);
  return shared;
}

json::Object to_json(const MatchedReport& one, bool with_contacts) {
  json::Object object{
      {"report", {one.report.encode()}},
      {"state", {std::string(name_of(one.state))}},
      {"case", one.its != nullptr ? json::Value{one.its->id.encode()} : json::Value{nullptr}},
      {"accused", {one.its != nullptr ? one.its->accused() : std::string()}},
      {"lead", one.its != nullptr && one.its->state.lead ? json::Value{one.its->state.lead->text()}
                                                         : json::Value{nullptr}},
      {"has_contact", {one.contact.has_value()}}};
  if (with_contacts && one.contact) object.push_back({"contact", {*one.contact}});
  return object;
}

}  // namespace

std::string_view name_of(MatchedState state) {
  switch (state) {
    case MatchedState::sent:
      return "sent";
    case MatchedState::opened:
      return "opened";
    case MatchedState::held:
      return "held";
    case MatchedState::asks_first:
      return "asks_first";
    case MatchedState::unlisted:
      break;
  }
  return "unlisted";
}

std::vector<FoundMatch> matches_of(const CaseDesk& desk) {
  const Cases cases = cases_by_report(desk);
  std::vector<FoundMatch> all;
  for (const matching::Match& match : desk.matched().matches) {
    FoundMatch& found =
        all.emplace_back(match.authors.size(), std::vector<MatchedReport>(), std::vector<CaseworkerId>());
    for (const matching::CompanionName& name : match.companions) {
      MatchedReport one = matched_report(desk, cases, name);
      // For one report there may be several: the one with words counts.
      if (found.reports.empty() || found.reports.back().report != one.report)
        found.reports.push_back(std::move(one));
      else if (!found.reports.back().contact)
        found.reports.back() = std::move(one);
    }
    found.shared_leads = shared_leads(found.reports);
  }
  return all;
}

bool is_matched(const CaseDesk& desk, const CaseFile& one) {
  return std::ranges::any_of(desk.matched().matches, [&](const matching::Match& match) {
    return std::ranges::any_of(match.companions, [&](const matching::CompanionName& companion) {
      return std::ranges::find(one.reports, companion.report, &KnownReport::id) != one.reports.end();
    });
  });
}

std::vector<WrongCompanion> wrong_companions(const CaseDesk& desk) {
  std::vector<WrongCompanion> all;
  for (const matching::Objected& one : desk.matched().objected)
    if (one.objection != matching::Objection::another_key)
      all.push_back({one.companion.report, words_of(one.objection)});
  for (const matching::CompanionName& one : desk.disproved()) all.push_back({one.report, disproved_words});
  return all;
}

std::size_t of_another_key(const CaseDesk& desk) {
  return static_cast<std::size_t>(std::ranges::count(
      desk.matched().objected, matching::Objection::another_key, &matching::Objected::objection));
}

json::Value held_json(const CaseDesk& desk) {
  json::Array held;
  for (const KnownReport* one : desk.held())
    held.push_back(
        json::Value{json::Object{{"report", {one->id.encode()}}, {"day", {one->arrived.encode()}}}});
  return {std::move(held)};
}

json::Object matches_json(const CaseDesk& desk, bool with_contacts) {
  json::Array warning, matches, wrong;
  for (const std::string_view words : match_warning) warning.push_back(json::Value{std::string(words)});
  for (const FoundMatch& match : matches_of(desk)) {
    json::Array reports;
    for (const MatchedReport& one : match.reports)
      reports.push_back(json::Value{to_json(one, with_contacts)});
    matches.push_back(json::Value{json::Object{{"authors", json::number(match.authors)},
                                               {"reports", json::Value{std::move(reports)}},
                                               {"shared_leads", names_json(match.shared_leads)}}});
  }
  for (const WrongCompanion& one : wrong_companions(desk))
    wrong.push_back(
        json::Value{json::Object{{"report", {one.report.encode()}}, {"words", {std::string(one.words)}}}});
  return {{"mine", {desk.matches()}},
          {"warning", json::Value{std::move(warning)}},
          {"contact_warning", {std::string(contact_warning)}},
          {"matches", json::Value{std::move(matches)}},
          {"held", held_json(desk)},
          {"wrong", json::Value{std::move(wrong)}},
          {"another_key", json::number(of_another_key(desk))}};
}

}  // namespace candour::cli
