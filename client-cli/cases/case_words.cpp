// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/cases/case_words.h"

#include <fmt/ranges.h>

#include "client-cli/cases/event_words.h"
#include "client-cli/cases/match_words.h"
#include "client-cli/cases/matches.h"
#include "client-cli/cases/state_words.h"
#include "client-cli/desk/listing.h"
#include "client-cli/desk/people.h"
#include "client-cli/options.h"
#include "client-cli/terminal/visible.h"
#include "crypto/core/encoding.h"
#include "protocol/contains.h"
#include "protocol/event_body.h"

namespace candour::cli {
namespace {

constexpr std::size_t short_digits = 12;

std::string line_of(const VerifiedEvent& event, const CaseFile& one) {
  std::string line =
      fmt::format("{}  {:<10} {}", event->day.encode(), event->author.text(), words_of(event->body));
  if (event->readers.size() < one.readers.size())
    line += fmt::format(" (only for {})", fmt::join(names_of(event->readers), ", "));
  line += '\n';
  if (const auto* note = std::get_if<event::Note>(&event->body)) line += visible_text(note->text, "    | ");
  return line;
}

std::string disclosure_words(const DisclosureState& one) {
  const std::string stands = one.outcome     ? visible_line(*one.outcome)
                             : one.agreed_by ? "agreed to by " + one.agreed_by->text() + "; not done yet"
                                             : "a second caseworker has to agree";
  return fmt::format("Disclosure {} to {} (by {}): {}\n", hex_encode(one.proposal).substr(0, short_digits),
                     visible_line(one.what.to), one.proposed_by.text(), stands);
}

json::Object event_json(const VerifiedEvent& event) {
  EventBody shown = event->body;
  // What opens an account is shown to nobody.
  if (auto* grant = std::get_if<event::Grant>(&shown)) grant->file_key = {};
  if (auto* share = std::get_if<event::Share>(&shown)) share->share = {};
  const auto body = json::parse(encode_event_body(shown), event_body_bytes_max, 16);
  return {{"hash", {hex_encode(event.hash())}},
          {"day", {event->day.encode()}},
          {"author", {event->author.text()}},
          {"kind", {std::string(kind_of(event->body))}},
          {"body", body ? *body : json::Value{nullptr}},
          {"readers", names_json(event->readers)}};
}

json::Value events_json(const std::vector<const VerifiedEvent*>& events) {
  json::Array all;
  for (const VerifiedEvent* event : events) all.push_back(json::Value{event_json(*event)});
  return json::Value{std::move(all)};
}

json::Value disclosures_json(const CaseState& state) {
  const auto name_or_null = [](const std::optional<CaseworkerId>& who) {
    return who ? json::Value{who->text()} : json::Value{nullptr};
  };
  json::Array all;
  for (const DisclosureState& one : state.disclosures)
    all.push_back(json::Value{
        json::Object{{"hash", {hex_encode(one.proposal)}},
                     {"to", {one.what.to}},
                     {"what", {one.what.what}},
                     {"reason", {one.what.reason}},
                     {"route", {one.what.route}},
                     {"proposed_by", {one.proposed_by.text()}},
                     {"agreed_by", name_or_null(one.agreed_by)},
                     {"outcome", one.outcome ? json::Value{*one.outcome} : json::Value{nullptr}}}});
  return json::Value{std::move(all)};
}

json::Value quarantined_json(const CaseState& state) {
  json::Array all;
  for (const auto& [which, reason] : state.quarantined)
    all.push_back(json::Value{json::Object{{"report", {which.report.encode()}},
                                           {"attachment", json::number(which.attachment)},
                                           {"reason", {reason}}}});
  return json::Value{std::move(all)};
}

// Whoever was admitted, and lacks an account: one that came later, or that nobody has handed on yet. By the server's list, which may lie.
void find_unlisted(const CaseDesk& desk, const CaseFile& one, std::vector<std::string>& alarms) {
  for (const KnownReport* report : one.reports) {
    const ListedReport& listed = *desk.listed(report->id);
    for (const CaseworkerId& who : one.readers)
      if (!contains(report->by_author->audience, who) && !contains(listed.admitted, who))
        alarms.push_back(
            fmt::format("{0} takes part in the case, but the account {1} was not handed on to her. To do it: "
                        "candour admit {1} {0}",
                        who.text(), report->id.encode().substr(0, short_digits)));
  }
}

}  // namespace

std::vector<std::string> alarms_of(const CaseDesk& desk, const CaseFile& one) {
  std::vector<std::string> alarms;
  const CaseState& state = one.state;
  for (const VerifiedEvent* event : one.refused_admissions)
    alarms.push_back(fmt::format(
        "{} let {} into the case, whom its author leaves out, or who is not of its desk: nothing is "
        "shared with her. If that was so before, tell the steward at once",
        (*event)->author.text(), std::get<event::Admitted>((*event)->body).who.text()));
  for (const VerifiedEvent* event : one.leaks)
    alarms.push_back(
        fmt::format("something that {} said was sealed to somebody who may read none of this case ({}). Tell "
                    "the steward at once",
                    (*event)->author.text(), fmt::join(names_of((*event)->readers), ", ")));
  if (!one.readers.empty()) find_unlisted(desk, one, alarms);
  for (const MissingEvent& missing : state.missing)
    alarms.push_back(
        fmt::format("something that {} knew is not here: it was withheld, erased, or has not come yet",
                    missing.named_by.text()));
  for (const VerifiedEvent* event : state.doubled)
    alarms.push_back(fmt::format(
        "{} said two things under one number ({}): she works on two computers, or somebody else has her key",
        (*event)->author.text(), (*event)->number));
  for (const DisclosureState& disclosure : state.disclosures)
    if (disclosure.alone)
      alarms.push_back(fmt::format("{} says that {} was told before a second caseworker had agreed",
                                   disclosure.alone->text(), visible_line(disclosure.what.to)));
  for (const VerifiedEvent* event : state.wrong)
    alarms.push_back(
        fmt::format("an event signed by {} says of others what is not so, and was left out: tell the steward",
                    (*event)->author.text()));
  return alarms;
}

json::Object case_head_json(const CaseFile& one) {
  const CaseState& state = one.state;
  return {{"id", {one.id.encode()}},
          {"accused", {one.accused()}},
          {"danger", {one.danger()}},
          {"status", {std::string(name_of(state.status))}},
          {"risk", {std::string(name_of(state.risk))}},
          {"lead", state.lead ? json::Value{state.lead->text()} : json::Value{nullptr}},
          {"cover", cover_json(one, today())},
          {"signed_off", signed_off_json(state)}};
}

json::Object case_json(const CaseDesk& desk, const CaseFile& one) {
  const CaseState& state = one.state;
  json::Array reports;
  for (const KnownReport* report : one.reports) {
    json::Object object = to_json(*desk.listed(report->id));
    if (!report->trouble.empty()) object.push_back({"trouble", {report->trouble}});
    object.push_back({"signed", {report->by_author.has_value()}});
    object.push_back({"read", {one.has_read(desk.me(), report->id)}});
    object.push_back({"by_match", {report->match_seed.has_value()}});
    reports.push_back({std::move(object)});
  }
  json::Array labels;
  for (const std::string& label : state.labels) labels.push_back({label});
  json::Object deadlines;
  for (const auto& [name, day] : state.deadlines) deadlines.push_back({name, {day.encode()}});
  json::Object consents;
  for (const auto& [to, answer] : state.consents) consents.push_back({to, {std::string(name_of(answer))}});
  json::Array alarms;
  for (std::string& alarm : alarms_of(desk, one)) alarms.push_back({std::move(alarm)});
  json::Object object = case_head_json(one);
  object.push_back({"labels", {std::move(labels)}});
  object.push_back({"deadlines", {std::move(deadlines)}});
  object.push_back({"consents", json::Value{std::move(consents)}});
  object.push_back({"disclosures", disclosures_json(state)});
  object.push_back({"quarantined", quarantined_json(state)});
  object.push_back({"risk_sheet", risk_sheet_json(state)});
  object.push_back({"to_sign_off", to_sign_off_json(state)});
  object.push_back({"readers", names_json(one.readers)});
  object.push_back({"mine", {one.is_reader(desk.me())}});
  object.push_back({"matched", {is_matched(desk, one)}});
  object.push_back({"recused", names_json(state.recused)});
  object.push_back({"alarms", {std::move(alarms)}});
  object.push_back({"reports", {std::move(reports)}});
  return object;
}

json::Object full_case_json(const CaseDesk& desk, const CaseFile& one) {
  json::Object object = case_json(desk, one);
  object.push_back({"events", events_json(one.state.timeline)});
  object.push_back({"revoked_events", events_json(one.state.revoked)});
  return object;
}

std::string case_words(const CaseDesk& desk, const CaseFile& one) {
  const CaseState& state = one.state;
  const std::string accused = one.accused();
  std::string out = fmt::format("Case {}\n", one.id.encode());
  out += fmt::format("Accused: {}\n", accused.empty() ? "names nobody" : visible_line(accused));
  out += fmt::format("Status: {}. Risk: {}{}. Led by: {}.\n", status_words(state), name_of(state.risk),
                     one.danger() ? " (she indicated danger)" : "", lead_words(one, today()));
  for (const auto& [what, sign_off] : state.sign_offs)
    if (sign_off.signed_by)
      out += fmt::format("Signed off: the {}, by {}\n", name_of(what), sign_off.signed_by->text());
  if (!state.risk_sheet.empty())
    out += fmt::format("Risk sheet: {} of {} lines (print it with: candour risk-sheet ID)\n",
                       state.risk_sheet.size(), risk_sheet_fields.size());
  if (!state.labels.empty()) {
    out += "Labels:";
    for (const std::string& label : state.labels) out += ' ' + visible_line(label);
    out += '\n';
  }
  for (const auto& [to, answer] : state.consents)
    out += fmt::format("May {} be told: {}\n", visible_line(to), name_of(answer));
  for (const DisclosureState& disclosure : state.disclosures) out += disclosure_words(disclosure);
  for (const auto& [which, reason] : state.quarantined)
    out += fmt::format("Under lock: attachment {} of {}: {}\n", which.attachment,
                       which.report.encode().substr(0, short_digits), visible_line(reason));
  for (const auto& [name, day] : state.deadlines)
    out += fmt::format("Deadline {}: {}\n", day.encode(), visible_line(name));
  if (one.readers.empty())
    out +=
        "Sealed without a manifest: nobody can tell who else may read about it, and nothing can be shared.\n";
  else
    out += fmt::format("Read by: {}{}\n", fmt::join(names_of(one.readers), ", "),
                       state.recused.empty()
                           ? std::string()
                           : fmt::format("; recused: {}", fmt::join(names_of(state.recused), ", ")));
  if (is_matched(desk, one)) out += fmt::format("This case is {}\n", remark_words);
  out += "\nAccounts (read one with: candour open ID --out FOLDER)\n";
  for (const KnownReport* report : one.reports) {
    const ListedReport& listed = *desk.listed(report->id);
    const std::string marks = marks_of(listed);
    out +=
        fmt::format("{}  {}{}{}{}\n", report->arrived.encode(), report->id.encode().substr(0, short_digits),
                    listed.seen ? "" : "  new", marks.empty() ? "" : "  " + marks,
                    report->trouble.empty() ? "" : "  cannot be opened: " + visible_line(report->trouble));
  }
  out += state.timeline.empty() ? "\nNothing has been said about it yet.\n" : "\nWhat was said\n";
  for (const VerifiedEvent* event : state.timeline) out += line_of(*event, one);
  if (!state.revoked.empty())
    out +=
        "\nBy somebody who was revoked, before a colleague had built upon it. It may be forged, and counts "
        "for nothing\n";
  for (const VerifiedEvent* event : state.revoked) out += line_of(*event, one);
  for (const std::string& alarm : alarms_of(desk, one)) out += "! " + alarm + "\n";
  return out;
}

}  // namespace candour::cli
