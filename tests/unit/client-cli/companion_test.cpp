// SPDX-License-Identifier: AGPL-3.0-or-later
// The companion that the tool sends: who can open it, that it looks the same whatever it holds, and what is refused before.
#include "client-cli/report/companion.h"

#include <catch2/catch_test_macros.hpp>

#include "client-cli/cases/sealed_event.h"
#include "client-cli/report/matching_wish.h"
#include "client-cli/report/named.h"
#include "matching/companion.h"
#include "scripted_server.h"
#include "test_roster.h"

namespace candour::cli {
namespace {

using test::answer;
using test::roster_day;

CaseworkerId id(std::string_view text) { return CaseworkerId::parse(text).value(); }
const std::vector ids{id("ada"), id("bo"), id("cy")};

RosterMatching matching_for(std::vector<CaseworkerId> group) {
  const oprf::Key key = oprf::Key::make_random();
  return {std::move(group), key.public_key().bytes(), 1, {{1, key.public_key().bytes(), {}}}};
}
test::TestRoster roster_with(std::vector<CaseworkerId> group,
                             const std::function<void(Roster&)>& change = {}) {
  return test::make_test_roster(ids, [&](Roster& roster) {
    roster.places = 4;
    roster.matching = matching_for(std::move(group));
    if (change) change(roster);
  });
}
matching::Outputs random_outputs() {
  matching::Outputs outputs;
  for (oprf::Output& output : outputs) output = oprf::Output::make_random();
  return outputs;
}
std::vector<CaseworkerId> who(const MatchingGroup& group) {
  std::vector<CaseworkerId> members;
  for (const auto& member : group.members) members.push_back(member.id);
  return members;
}
open::Identity identity_of(const test::TestRoster& roster, std::size_t at) {
  return open::HybridIdentity::from_seed(Secret<32>::copy_of(roster.identities.at(at).seed().reveal()));
}

TEST_CASE("a companion is for those of the group who can receive today and were not left out") {
  const auto roster = roster_with({id("ada"), id("bo"), id("cy")},
                                  [](Roster& draft) { draft.caseworkers[1].revoked = true; });
  CHECK(who(**matching_group(roster.verified, {}, roster_day)) == std::vector{id("ada"), id("cy")});
  CHECK(who(**matching_group(roster.verified, {id("ada")}, roster_day)) == std::vector{id("cy")});
  CHECK_FALSE(*matching_group(roster.verified, {id("ada"), id("cy")}, roster_day));
  CHECK_FALSE(*matching_group(roster.verified, {}, roster_day.plus(60)));
  CHECK_FALSE(*matching_group(test::make_test_roster(ids).verified, {}, roster_day));
}

TEST_CASE("public shares that do not belong together are not asked") {
  const auto roster = roster_with({id("ada")}, [](Roster& draft) {
    draft.matching->public_key = oprf::Key::make_random().public_key().bytes();
  });
  CHECK(matching_group(roster.verified, {}, roster_day).error().code == Errc::malformed);
}

TEST_CASE("a companion has one size and opens for its audience, whatever it holds") {
  const auto roster = roster_with({id("ada"), id("bo"), id("cy")});
  const ReporterKeys keys = ReporterKeys::derive(Codename::make_random());
  const NamedReport report{.keys = keys, .number = 0, .names = {}};
  const Secret<32> seed = Secret<32>::make_random();
  const auto release = keys.match_release(0);
  const matching::ContactFirst contact{release, "Ring."};
  const matching::Holding holding{matching::Threshold::three, seed, &contact};
  for (const auto& excluded : {std::vector<CaseworkerId>{}, std::vector{id("bo"), id("cy")}}) {
    const MatchingGroup group = **matching_group(roster.verified, excluded, roster_day);
    for (const matching::Holding* held : {static_cast<const matching::Holding*>(nullptr), &holding}) {
      const Bytes sealed = make_companion(roster.verified, group, report, random_outputs(), held).value();
      CHECK(sealed.size() == sealed_event_bytes(4));
      CHECK(check_sealed_event(sealed, 4) == SealedProblem::none);
      const open::Identity ada = identity_of(roster, 0), bo = identity_of(roster, 1);
      const auto note = open_event(sealed, {&ada, 1});
      REQUIRE(note);
      const auto companion = matching::verify_companion(*note);
      REQUIRE(companion);
      CHECK((*companion)->report == keys.report_id(0));
      CHECK((*companion)->author == keys.authorship().verify_key());
      CHECK((*companion)->roster_sha256 == roster.verified.text_sha256());
      CHECK((*companion)->evaluation_key == roster.verified->matching->public_key);
      CHECK((*companion)->excluded == excluded);
      CHECK(open_event(sealed, {&bo, 1}).has_value() == excluded.empty());
    }
  }
}

TEST_CASE(
    "a companion is put like a report, with as many bytes for any audience, and again where the server is "
    "gone") {
  const auto roster = roster_with({id("ada"), id("bo"), id("cy")});
  const ReporterKeys keys = ReporterKeys::derive(Codename::make_random());
  const NamedReport report{.keys = keys, .number = 0, .names = {}};
  std::vector<std::size_t> sizes;
  for (const auto& excluded : {std::vector<CaseworkerId>{}, std::vector{id("ada"), id("cy")}}) {
    test::Server server({"", answer("201 Created", "")});
    server.client.set_retries(1, std::chrono::milliseconds(1));
    int pauses = 0;
    Patience patience(std::chrono::seconds(10), [&](std::chrono::seconds) { ++pauses; }, {});
    const MatchingGroup group = **matching_group(roster.verified, excluded, roster_day);
    const Bytes sealed(sealed_event_bytes(4), 7);
    CHECK(put_companion(server.client, group, 4, report, sealed, patience));
    CHECK(pauses == 1);
    const auto& requests = server.scripted.finish();
    CHECK(requests.at(1).starts_with("PUT /v1/reports/" + keys.report_id(0).encode() + "/companion HTTP"));
    CHECK(requests.at(1).contains(excluded.empty() ? "Candour-Audience: ada,bo,cy\r\n"
                                                   : "Candour-Audience: bo\r\n"));
    CHECK(requests.at(1) == requests.at(0));
    sizes.push_back(requests.at(1).size());
  }
  CHECK(sizes.front() == sizes.back());
  test::Server refusing(std::vector{answer("409 Conflict", "")});
  Patience patience(std::chrono::seconds(10), [](std::chrono::seconds) { FAIL("waited"); }, {});
  const MatchingGroup group = **matching_group(roster.verified, {}, roster_day);
  CHECK(put_companion(refusing.client, group, 4, report, Bytes(9), patience).error().code == Errc::conflict);
}

// What cannot be.

MatchingWish wish(bool holds) {
  MatchingWish made{parse_names(std::vector<std::string>{"phone: 07700900123"}).value(), {}};
  if (holds) made.held = MatchingWish::Held{.threshold = matching::Threshold::two};
  return made;
}
std::string refusal(const VerifiedRoster& roster, const MatchingWish& what,
                    const std::vector<CaseworkerId>& excluded = {}) {
  const Audience audience = audience_of(roster, test::legal_desk, excluded, roster_day).value();
  const auto group = matching_group(roster, excluded, roster_day).value();
  const auto done = check_wish(what, roster.roster(), audience, group ? &*group : nullptr);
  return done ? "" : done.error().text;
}

TEST_CASE("what nobody could ever open, or would be opened by too few, is not held") {
  const auto all = roster_with({id("ada"), id("bo"), id("cy")});
  CHECK(refusal(all.verified, wish(false)).empty());
  CHECK(refusal(all.verified, wish(true)).empty());
  const auto none = test::make_test_roster(ids);
  CHECK(refusal(none.verified, wish(false)).contains("does not compare reports"));
  CHECK(refusal(none.verified, wish(true)).contains("does not compare reports"));
  CHECK(refusal(none.verified, {}).empty());
  const auto some = roster_with({id("ada")});
  CHECK(refusal(some.verified, wish(true)).empty());
  CHECK(refusal(some.verified, wish(false), {id("ada")}).contains("nobody is left who can receive"));
  CHECK(refusal(some.verified, {}, {id("ada")}).empty());
  const auto together =
      roster_with({id("ada"), id("bo")}, [](Roster& draft) { draft.desks[0].threshold = 2; });
  CHECK(refusal(together.verified, wish(true)).contains("several open a report together"));
  CHECK(refusal(together.verified, wish(false)).empty());
  // She matches, and reads another desk.
  const auto elsewhere = roster_with({id("cy")}, [](Roster& draft) {
    draft.desks.push_back({DeskId::parse("unit").value(), "Unit", "Others", 1});
    draft.caseworkers[2].desks = {DeskId::parse("unit").value()};
  });
  CHECK(refusal(elsewhere.verified, wish(true)).contains("nobody could ever open what you hold back"));
  CHECK(refusal(elsewhere.verified, wish(false)).empty());
}

}  // namespace
}  // namespace candour::cli
