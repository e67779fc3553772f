// SPDX-License-Identifier: AGPL-3.0-or-later
// One case from many events: what everybody computes alike, whatever the order, and what shows when something is missing or forged.
#include "protocol/case_state.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <random>

#include "case_talk.h"
#include "protocol/contains.h"

namespace candour {
namespace {

using test::caseworker;
using test::readers;
using test::Talk;
using test::the_case;
using test::today;

// Everything that a reader would see of it.
std::string told(const CaseState& state) {
  std::string text(name_of(state.status));
  text += '/';
  text += name_of(state.risk);
  text += '/' + (state.lead ? state.lead->text() : "-");
  for (const auto& label : state.labels) text += '+' + label;
  for (const auto& [name, day] : state.deadlines) text += '@' + name + day.encode();
  for (const auto& who : state.recused) text += '!' + who.text();
  for (const auto& [to, answer] : state.consents) text += '?' + to + std::string(name_of(answer));
  for (const auto& one : state.disclosures)
    text += '>' + one.what.to + (one.agreed_by ? one.agreed_by->text() : "-") + one.outcome.value_or("-") +
            (one.alone ? one.alone->text() : "-");
  for (const auto& [which, reason] : state.quarantined)
    text += '#' + std::to_string(which.attachment) + reason;
  for (const auto& [field, line] : state.risk_sheet) text += '%' + field + line;
  for (const auto& [what, one] : state.sign_offs)
    text += '=' + std::string(name_of(what)) + static_cast<char>(one.event[0]) + one.said_by.text() +
            (one.signed_by ? one.signed_by->text() : "-");
  for (const auto& [lead, stand] : state.covers)
    text += '~' + lead.text() + stand.by.text() + stand.until.encode();
  const auto list = [&](std::string_view title, const std::vector<const VerifiedEvent*>& events) {
    text += title;
    for (const auto* event : events)
      text += static_cast<char>(event->hash()[0]) + std::string(1, static_cast<char>(event->hash()[1]));
  };
  list(" timeline ", state.timeline);
  list(" revoked ", state.revoked);
  list(" wrong ", state.wrong);
  list(" doubled ", state.doubled);
  for (const auto& one : state.missing)
    text += " missing " + std::string(1, static_cast<char>(one.hash[0])) + one.named_by.text();
  return text;
}

// `known`: what its author knows, of which it may speak.
EventBody some_body(std::mt19937& random, const std::vector<VerifiedEvent>& known) {
  const EventHash some = known.empty() ? EventHash{} : known[random() % known.size()].hash();
  switch (random() % 14) {
    case 6:
      return event::Disclosure{std::string(1, static_cast<char>('a' + random() % 3)), "what", "why", "how"};
    case 7:
      return event::Agreed{some};
    case 8:
      return event::Disclosed{some, "told " + std::to_string(random() % 3)};
    case 9:
      return event::Consented{std::string(1, static_cast<char>('a' + random() % 3)),
                              static_cast<Consent>(random() % 3)};
    case 10:
      return event::Quarantine{ReportId{}, 1 + random() % 2, random() % 2 == 0,
                               "why " + std::to_string(random() % 3)};
    case 11:
      return event::RiskSheet{
          {{random() % 2 == 0 ? "plan" : "fear",
            random() % 4 == 0 ? std::nullopt : std::optional("x" + std::to_string(random() % 2))}}};
    case 12:
      return event::SignedOff{static_cast<SignOff>(random() % 3), some, "seen"};
    case 13:
      return event::Cover{caseworker("bo"), random() % 2 == 0
                                                ? std::optional(event::Cover::Stand{caseworker("cy"), today})
                                                : std::nullopt};
    case 0:
      return event::Status{static_cast<CaseStatus>(random() % 5)};
    case 1:
      return event::Risk{static_cast<CaseRisk>(random() % 4)};
    case 2:
      return event::Assign{random() % 2 == 0 ? std::optional(caseworker("bo")) : std::nullopt};
    case 3:
      return event::Label{std::string(1, static_cast<char>('a' + random() % 3)), random() % 2 == 0};
    case 4:
      return event::Deadline{std::string(1, static_cast<char>('a' + random() % 3)),
                             random() % 2 == 0
                                 ? std::optional(today.plus(static_cast<std::int32_t>(random() % 9)))
                                 : std::nullopt};
    default:
      return event::Note{"note " + std::to_string(random()), random() % 2 == 0};
  }
}

}  // namespace

TEST_CASE("case: what was said last counts, and everything is in the order in which it was said") {
  Talk desk;
  desk.add("ada", event::Status{CaseStatus::triage});
  desk.add("bo", event::Risk{CaseRisk::high});
  desk.add("cy", event::Status{CaseStatus::working});
  desk.add("ada", event::Assign{caseworker("cy")});
  desk.add("ada", event::Label{"housing", true});
  desk.add("ada", event::Label{"stalking", true});
  desk.add("bo", event::Label{"housing", false});
  desk.add("bo", event::Deadline{"Hearing", today.plus(3)});
  desk.add("bo", event::Deadline{"Call back", today.plus(1)});
  desk.add("cy", event::Deadline{"Call back", std::nullopt});
  desk.add("cy", event::Recused{});
  const CaseState state = desk.fold();
  CHECK(state.status == CaseStatus::working);
  CHECK(state.risk == CaseRisk::high);
  CHECK(state.lead == caseworker("cy"));
  CHECK(state.labels == std::set<std::string>{"stalking"});
  CHECK(state.deadlines == std::map<std::string, Day>{{"Hearing", today.plus(3)}});
  CHECK(state.recused == std::set{caseworker("cy")});
  REQUIRE(state.timeline.size() == desk.all.size());
  for (std::size_t i = 0; i < desk.all.size(); ++i) CHECK(state.timeline[i]->hash() == desk.all[i].hash());
  CHECK((state.missing.empty() && state.wrong.empty() && state.revoked.empty() && state.doubled.empty()));
}

TEST_CASE("case: nobody tells somebody outside alone, and not unseen") {
  Talk desk;
  const event::Disclosure what{"a shelter", "that she needs a room", "he knows where she lives",
                               "by phone, not through his force"};
  const EventHash first = desk.add("ada", what).hash();
  desk.add("ada", event::Agreed{first});  // her own
  CHECK_FALSE(desk.fold().disclosures[0].agreed_by);
  desk.add("bo", event::Agreed{first});
  desk.add("cy", event::Agreed{first});
  desk.add("ada", event::Disclosed{first, "told on Friday"});
  const EventHash second = desk.add("bo", what).hash();
  desk.add("bo", event::Disclosed{second, "told"});
  desk.add("ada", event::Agreed{second});  // too late
  desk.add("cy", event::Disclosed{EventHash{7}, "of nothing"});
  const CaseState state = desk.fold();
  REQUIRE(state.disclosures.size() == 2);
  CHECK(state.disclosures[0].what == what);
  CHECK(state.disclosures[0].proposed_by == caseworker("ada"));
  CHECK(state.disclosures[0].agreed_by == caseworker("bo"));
  CHECK(state.disclosures[0].outcome == "told on Friday");
  CHECK_FALSE(state.disclosures[0].alone);
  CHECK(state.disclosures[1].alone == caseworker("bo"));
}

TEST_CASE("case: consents and what is under lock: the last word counts") {
  Talk desk;
  desk.add("ada", event::Consented{"housing", Consent::ask});
  desk.add("bo", event::Consented{"her mother", Consent::no});
  desk.add("bo", event::Consented{"housing", Consent::yes});
  desk.add("ada", event::Quarantine{ReportId{}, 1, true, "perhaps a police record"});
  desk.add("ada", event::Quarantine{ReportId{}, 2, true, "family court"});
  desk.add("bo", event::Quarantine{ReportId{}, 1, false, "her own statement"});
  const CaseState state = desk.fold();
  CHECK(state.consents ==
        std::map<std::string, Consent>{{"her mother", Consent::no}, {"housing", Consent::yes}});
  REQUIRE(state.quarantined.size() == 1);
  CHECK(state.quarantined.begin()->first == QuarantinedAttachment{ReportId{}, 2});
  CHECK(state.quarantined.begin()->second == "family court");
}

TEST_CASE("case: any order of arrival, and anything twice, gives the same state") {
  for (unsigned seed = 0; seed < 40; ++seed) {
    std::mt19937 random(seed);
    Talk desk;
    // Each knows what reached her so far; sometimes she says something to some alone, sometimes she has two computers.
    std::map<std::string, std::vector<VerifiedEvent>> known;
    const std::vector<std::string> names{"ada", "bo", "cy"};
    for (int turn = 0; turn < 60; ++turn) {
      const std::string& who = names[random() % names.size()];
      auto to = readers({"ada", "bo", "cy"});
      const std::string& left_out = names[random() % names.size()];
      if (random() % 5 == 0 && left_out != who) std::erase(to, caseworker(left_out));
      const VerifiedEvent said = desk.say(known[who], who, some_body(random, known[who]), to);
      desk.all.push_back(said);
      if (random() % 10 != 0) known[who].push_back(said);
      for (const auto& reader : names)
        if (reader != who && random() % 2 == 0)
          for (const auto& event : desk.all)
            if (std::ranges::binary_search(event->readers, caseworker(reader)) && random() % 3 != 0)
              known[reader].push_back(event);
    }
    if (seed % 3 == 0) desk.people.revoke("bo");
    if (seed % 4 == 0) desk.all.erase(desk.all.begin() + 20);  // withheld
    const std::string first = told(desk.fold());
    for (int again = 0; again < 5; ++again) {
      std::ranges::shuffle(desk.all, random);
      auto twice = desk.all;
      twice.insert(twice.end(), desk.all.begin(), desk.all.begin() + 7);
      CHECK(told(fold_events(twice, desk.people.roster)) == first);
    }
  }
}

TEST_CASE("case: what is withheld shows") {
  Talk desk;
  desk.add("ada", event::Note{"one", false});
  const EventHash gone = desk.add("ada", event::Note{"two", false}).hash();
  desk.add("ada", event::Note{"three", false});
  desk.add("bo", event::Note{"four", false});
  desk.all.erase(desk.all.begin() + 1);
  const CaseState state = desk.fold();
  CHECK(state.missing == std::vector<MissingEvent>{{gone, caseworker("ada")}});
  CHECK(state.timeline.size() == 3);
}

TEST_CASE("case: a note for some alone leaves no gap for the others") {
  Talk desk;
  desk.add("ada", event::Note{"for all", false});
  desk.add("ada", event::Note{"for the lawyers", true}, readers({"ada", "bo"}));
  desk.add("ada", event::Note{"for all again", false});
  desk.add("bo", event::Note{"an answer to it", true}, readers({"ada", "bo"}));
  desk.add("bo", event::Note{"for all, too", false});
  CHECK(desk.fold().missing.empty());
  std::vector<VerifiedEvent> cys;
  for (const auto& event : desk.all)
    if (std::ranges::binary_search(event->readers, caseworker("cy"))) cys.push_back(event);
  const CaseState state = fold_events(cys, desk.people.roster);
  CHECK(state.timeline.size() == 3);
  CHECK(state.missing.empty());
  CHECK(state.wrong.empty());
}

TEST_CASE("case: nobody puts herself ahead of all others for good") {
  Talk desk;
  desk.add("ada", event::Status{CaseStatus::working});
  // As deep as she likes, on something that nobody has.
  CaseEvent forged = next_event(desk.all, desk.people.roster, the_case, caseworker("cy"),
                                readers({"ada", "bo", "cy"}), today, event::Status{CaseStatus::closed});
  forged.seen = {EventHash{7}};
  desk.all.push_back(desk.verified(forged));
  desk.add("bo", event::Status{CaseStatus::waiting});
  CHECK(desk.fold().status == CaseStatus::waiting);
}

TEST_CASE("case: an event that says of others what is not so is left out, and named") {
  Talk desk;
  desk.add("ada", event::Status{CaseStatus::working});
  const EventHash to_two =
      desk.add("ada", event::Note{"for the lawyers", true}, readers({"ada", "bo"})).hash();
  CaseEvent wrong_number = next_event(desk.all, desk.people.roster, the_case, caseworker("ada"),
                                      readers({"ada", "bo", "cy"}), today, event::Status{CaseStatus::closed});
  wrong_number.number += 1;
  CaseEvent shows_too_much =
      next_event(desk.all, desk.people.roster, the_case, caseworker("bo"), readers({"ada", "bo", "cy"}),
                 today, event::Status{CaseStatus::closed});
  shows_too_much.seen = {to_two};
  CaseEvent of_another = next_event(desk.all, desk.people.roster, the_case, caseworker("cy"),
                                    readers({"ada", "bo", "cy"}), today, event::Status{CaseStatus::closed});
  of_another.number = 1;
  of_another.previous = desk.all.front().hash();
  for (const auto& event : {wrong_number, shows_too_much, of_another})
    desk.all.push_back(desk.verified(event));
  const CaseState state = desk.fold();
  CHECK(state.wrong.size() == 3);
  CHECK(state.status == CaseStatus::working);
  // The next one does not build on them.
  const CaseEvent next = next_event(desk.all, desk.people.roster, the_case, caseworker("cy"),
                                    readers({"ada", "bo", "cy"}), today, event::Recused{});
  CHECK(next.number == 0);
  for (const auto* event : state.wrong) CHECK(!contains(next.seen, event->hash()));
}

TEST_CASE("case: of somebody who was revoked counts what a colleague has built upon") {
  Talk desk;
  desk.add("cy", event::Status{CaseStatus::working});
  desk.add("cy", event::Label{"housing", true});
  desk.add("ada", event::Note{"seen", false});
  const EventHash late = desk.add("cy", event::Status{CaseStatus::closed}).hash();
  CHECK(desk.fold().status == CaseStatus::closed);
  desk.people.revoke("cy");
  const CaseState state = desk.fold();
  CHECK(state.status == CaseStatus::working);
  CHECK(state.labels.contains("housing"));
  REQUIRE(state.revoked.size() == 1);
  CHECK(state.revoked.front()->hash() == late);
  // What comes next does not vouch for it.
  desk.add("ada", event::Note{"after", false});
  CHECK(desk.fold().revoked.size() == 1);
}

TEST_CASE("case: two events under one number show") {
  Talk desk;
  const auto here = desk.say(desk.all, "ada", event::Note{"on this computer", false});
  const auto there = desk.say(desk.all, "ada", event::Note{"on the other", false});
  desk.all = {here, there};
  const CaseState state = desk.fold();
  CHECK(state.doubled.size() == 2);
  CHECK(state.timeline.size() == 2);
  // What comes next names both.
  const CaseEvent next = next_event(desk.all, desk.people.roster, the_case, caseworker("ada"),
                                    readers({"ada", "bo", "cy"}), today, event::Recused{});
  CHECK(next.number == 1);
  CHECK(next.seen.size() == 1);
  desk.all.push_back(desk.verified(next));
  CHECK(desk.fold().wrong.empty());
}

}  // namespace candour
