// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/roster_alarms.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/sign/note.h"
#include "protocol/reporter_keys.h"
#include "test_roster.h"

namespace candour::cli {
namespace {

const Day today = test::roster_day;

CaseworkerId who(std::string_view id) { return CaseworkerId::parse(id).value(); }

// ada is there, bo is revoked, cy is not there.
VerifiedRoster newest() {
  return test::make_test_roster({who("ada"), who("bo")},
                                [](Roster& roster) { roster.caseworkers.back().revoked = true; })
      .verified;
}

OpenedReport opened(const Digest& roster, Day day, std::vector<CaseworkerId> audience) {
  const ReporterKeys keys = ReporterKeys::derive(Codename::make_random());
  Report report;
  report.day = day;
  report.authorship_key = keys.authorship().verify_key();
  const ManifestFile json{{}, 0, std::string("report.json")};
  const Manifest manifest{.report = keys.report_id(0),
                          .desk = DeskId::parse("legal").value(),
                          .audience = std::move(audience),
                          .excluded = {},
                          .roster_sha256 = roster,
                          .thread = {},
                          .files = {json}};
  const std::string note =
      sign::sign_note(encode_manifest(manifest), author_key_name, keys.authorship()).value();
  auto checked = open_manifest(note, report, std::vector{json}, {manifest.audience.front(), manifest.report});
  return OpenedReport{std::move(report), std::move(checked).value()};
}

TEST_CASE("the newest roster and nobody revoked: no alarm") {
  const VerifiedRoster roster = newest();
  const RosterAlarms alarms =
      roster_alarms(opened(roster.text_sha256(), today, {who("ada")}), roster, who("ada"));
  CHECK_FALSE(alarms.is_other_roster);
  CHECK(alarms.no_longer.empty());
  CHECK(alarms.words.empty());
}

TEST_CASE("another roster is usual before the newest was signed, and an alarm after") {
  const VerifiedRoster roster = newest();
  const auto before = roster_alarms(opened({}, today.plus(-1), {who("ada")}), roster, who("ada"));
  REQUIRE(before.words.size() == 1);
  CHECK(before.is_other_roster);
  CHECK(before.words[0].find("to be expected") != std::string::npos);
  const auto after = roster_alarms(opened({}, today, {who("ada")}), roster, who("ada"));
  REQUIRE(after.words.size() == 1);
  CHECK(after.words[0].find("may have shown its author an old one") != std::string::npos);
}

TEST_CASE("whoever was revoked or taken out is named, oneself too") {
  const VerifiedRoster roster = newest();
  const auto alarms = roster_alarms(opened(roster.text_sha256(), today, {who("ada"), who("bo"), who("cy")}),
                                    roster, who("bo"));
  CHECK(alarms.no_longer == std::vector{who("bo"), who("cy")});
  REQUIRE(alarms.words.size() == 2);
  CHECK(alarms.words[0].starts_with("bo, whose key opened this, has been revoked"));
  CHECK(alarms.words[1].starts_with("cy, to whom the report is sealed too, is not in the newest roster"));
}

}  // namespace
}  // namespace candour::cli
