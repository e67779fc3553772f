// SPDX-License-Identifier: AGPL-3.0-or-later
// Risk sheet, sign-offs and cover: what of them stands.
#include <catch2/catch_test_macros.hpp>

#include "case_talk.h"

namespace candour {
namespace {

using test::caseworker;
using test::Talk;
using test::today;

TEST_CASE("case: of the risk sheet the last value of each line counts") {
  Talk desk;
  desk.add("ada", event::RiskSheet{{{"fear", "of Sunday"}, {"weapons", "a knife"}}});
  desk.add("bo", event::RiskSheet{{{"fear", "every night"}, {"plan", "to her sister"}}});
  desk.add("cy", event::RiskSheet{{{"weapons", std::nullopt}}});
  CHECK(desk.fold().risk_sheet ==
        std::map<std::string, std::string, std::less<>>{{"fear", "every night"}, {"plan", "to her sister"}});
}

TEST_CASE("case: a sign-off is by somebody else, of what stands, and lapses with it") {
  Talk desk;
  const auto signer = [&](SignOff what) -> std::string {
    const CaseState state = desk.fold();
    const auto found = state.sign_offs.find(what);
    if (found == state.sign_offs.end()) return "nothing";
    return found->second.signed_by ? found->second.signed_by->text() : "nobody";
  };
  const EventHash open = desk.add("ada", event::Status{CaseStatus::working}).hash();
  desk.add("bo", event::SignedOff{SignOff::closure, open, "not closed"});
  CHECK(signer(SignOff::closure) == "nothing");
  const EventHash closed = desk.add("ada", event::Status{CaseStatus::closed}).hash();
  desk.add("ada", event::SignedOff{SignOff::closure, closed, "my own"});
  CHECK(signer(SignOff::closure) == "nobody");
  desk.add("bo", event::SignedOff{SignOff::closure, EventHash{7}, "of something else"});
  desk.add("bo", event::SignedOff{SignOff::risk, closed, "of another kind"});
  CHECK(signer(SignOff::closure) == "nobody");
  desk.add("bo", event::SignedOff{SignOff::closure, closed, "all done"});
  CHECK(signer(SignOff::closure) == "bo");
  // Said again for somebody who comes later: nothing has changed, whoever says it.
  const EventHash again = desk.add("cy", event::Status{CaseStatus::closed}).hash();
  CHECK(signer(SignOff::closure) == "bo");
  CHECK(desk.fold().sign_offs.at(SignOff::closure).event == again);
  CHECK(desk.fold().sign_offs.at(SignOff::closure).said_by == caseworker("ada"));
  desk.add("ada", event::Status{CaseStatus::working});
  CHECK(signer(SignOff::closure) == "nothing");
  desk.add("ada", event::Status{CaseStatus::closed});
  desk.add("bo", event::SignedOff{SignOff::closure, closed, "of the closing before"});
  CHECK(signer(SignOff::closure) == "nobody");

  const EventHash plan = desk.add("bo", event::RiskSheet{{{"plan", "to her sister"}}}).hash();
  desk.add("ada", event::SignedOff{SignOff::plan, plan, "good"});
  desk.add("bo", event::RiskSheet{{{"fear", "of Sunday"}}});
  CHECK(signer(SignOff::plan) == "ada");
  desk.add("cy", event::RiskSheet{{{"plan", "to a shelter"}}});
  CHECK(signer(SignOff::plan) == "nobody");
  desk.add("cy", event::RiskSheet{{{"plan", std::nullopt}}});
  CHECK(signer(SignOff::plan) == "nothing");
}

TEST_CASE("case: who signs off what a colleague has changed meanwhile has not looked at it") {
  Talk desk;
  const EventHash standard = desk.add("ada", event::Risk{CaseRisk::standard}).hash();
  const auto known = desk.all;
  desk.all.push_back(desk.say(known, "ada", event::Risk{CaseRisk::immediate}));
  desk.all.push_back(desk.say(known, "bo", event::SignedOff{SignOff::risk, standard, "as I see it"}));
  CHECK_FALSE(desk.fold().sign_offs.at(SignOff::risk).signed_by);
}

TEST_CASE("case: who looks after it while its lead is away") {
  Talk desk;
  const auto by = [&](Day day) -> std::string {
    const auto stand = cover_on(desk.fold(), day);
    return stand ? stand->by.text() : "nobody";
  };
  desk.add("ada", event::Cover{caseworker("ada"), event::Cover::Stand{caseworker("bo"), today}});
  CHECK(by(today) == "nobody");  // she does not lead it
  desk.add("ada", event::Assign{caseworker("ada")});
  CHECK(by(today) == "bo");
  CHECK(by(today.plus(1)) == "nobody");
  desk.add("bo", event::Cover{caseworker("ada"), event::Cover::Stand{caseworker("cy"), today.plus(2)}});
  CHECK(by(today.plus(2)) == "cy");
  desk.add("ada", event::Assign{caseworker("bo")});
  CHECK(by(today) == "nobody");
  desk.add("ada", event::Assign{caseworker("ada")});
  desk.add("ada", event::Cover{caseworker("ada"), std::nullopt});
  CHECK(by(today) == "nobody");
}

}  // namespace
}  // namespace candour
