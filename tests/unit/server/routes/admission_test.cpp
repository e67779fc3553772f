// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/routes/admission.h"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/sealed_report.h"

using namespace candour;
using namespace candour::server;

namespace {

constexpr Day kFrom(20'000);
constexpr Day kUntil(20'030);

Roster roster_until() {
  Roster roster;
  roster.valid_from = kFrom;
  roster.valid_until = kUntil;
  roster.places = 4;
  roster.policy.attachments_bytes_max = 1 << 20;
  return roster;
}

}  // namespace

TEST_CASE("reporting is open on the days of the roster, first and last included") {
  const Roster roster = roster_until();
  CHECK_FALSE(check_open(roster, kFrom));
  CHECK_FALSE(check_open(roster, kUntil));
  CHECK(check_open(roster, kUntil.plus(1)) == Problem::roster_expired);
  CHECK(check_open(roster, kFrom.plus(-1)) == Problem::roster_expired);
}

TEST_CASE("an audience that the roster does not know is refused") {
  const Roster roster = roster_until();
  for (const std::string audience : {"", "ada", "ada,bo", ",", "ada, bo"}) {
    CAPTURE(audience);
    CHECK(check_readers(roster, audience).error() == Problem::unknown_audience);
  }
}

TEST_CASE("a companion is for some of the matching group, at whatever desks, of whom none is revoked") {
  Roster roster = roster_until();
  const auto id = [](const char* name) { return CaseworkerId::parse(name).value(); };
  for (const auto* name : {"ada", "bo", "cy", "di"}) {
    roster.caseworkers.push_back({.id = id(name),
                                  .name = name,
                                  .desks = {},
                                  .signing_key = {},
                                  .sealing_key_note = {},
                                  .revoked = std::string_view(name) == "di",
                                  .sealing_key = {}});
  }
  CHECK(check_group(roster, "ada").error() == Problem::unknown_audience);  // nobody matches here
  roster.matching.emplace().group = {id("ada"), id("bo"), id("di"), id("zoe")};
  for (const std::string good : {"ada", "bo", "ada,bo"}) CHECK(check_group(roster, good)->encode() == good);
  for (const std::string wrong :
       {"", ",", "cy", "ada,cy", "bo,ada", "ada,ada", "ada, bo", "di", "ada,di", "zoe"}) {
    CAPTURE(wrong);
    CHECK(check_group(roster, wrong).error() == Problem::unknown_audience);
  }
}

TEST_CASE("the policy bounds the sealed size") {
  const Roster roster = roster_until();
  const auto most = sealed_report_bytes_max(roster.policy.attachments_bytes_max,
                                            roster.policy.attachments_max, roster.places);
  CHECK_FALSE(check_total(roster, most));
  CHECK(check_total(roster, most + 1) == Problem::too_large);
}

TEST_CASE("what is not sealed is refused") {
  const Roster roster = roster_until();
  const std::string words(70'000, 'w');
  const auto ada = storage::Audience::of({"ada"}).value();
  CHECK(check_sealed(roster, ada, as_bytes(words), words.size()) == Problem::not_sealed);
  CHECK(check_sealed(roster, ada, {}, 0) == Problem::not_sealed);
}
