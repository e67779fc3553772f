// SPDX-License-Identifier: AGPL-3.0-or-later
// Every report without attachments has one size, however much is said and whoever is left out (docs/spec/report.md): sealed
// for real, up to 31 exclusions with ids of 32 characters at a desk of 32.
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "client-cli/report/send.h"
#include "crypto/open/identity.h"
#include "crypto/open/opener.h"
#include "protocol/limits.h"
#include "protocol/sealed_report.h"
#include "test_roster.h"

namespace candour::cli {
namespace {

using test::legal_desk;
using test::roster_day;

CaseworkerId caseworker_id(std::size_t i) {
  return CaseworkerId::parse(fmt::format("{:a>30}{:02}", "", i)).value();
}

VerifiedRoster full_roster() {
  std::vector<CaseworkerId> ids;
  for (std::size_t i = 0; i < limits::places_max; ++i) ids.push_back(caseworker_id(i));
  return test::make_test_roster(ids).verified;
}

Composed composed(const VerifiedRoster& roster, const Audience& audience, const ReporterKeys& keys,
                  std::size_t characters, const ReportPlace& place = {}) {
  Answers answers{{roster->form.account.front(), std::string(characters, 'x')}};
  return compose(roster, audience, keys, place, std::move(answers), {}, roster_day).value();
}

TEST_CASE("a sealed text has one size with no exclusion and with the most") {
  const VerifiedRoster roster = full_roster();
  const ReporterKeys keys = ReporterKeys::derive(Codename::make_random());
  const std::size_t most = roster->form.find(roster->form.account.front())->characters_max;
  std::set<std::uint64_t> sizes;
  for (const std::size_t exclusions : {std::size_t{0}, std::size_t{1}, limits::places_max - 1}) {
    std::vector<CaseworkerId> excluded;
    for (std::size_t i = 0; i < exclusions; ++i) excluded.push_back(caseworker_id(i));
    const Audience audience = audience_of(roster, legal_desk, excluded, roster_day).value();
    REQUIRE(audience.members.size() == limits::places_max - exclusions);
    // A first report with one character, and a follow-up with the most.
    for (const std::size_t characters : {std::size_t{1}, most}) {
      Composed report = composed(roster, audience, keys, characters,
                                 characters == 1 ? ReportPlace() : make_follow_up(keys));
      CHECK(manifest_note_bytes(report.manifest) <= limits::manifest_without_attachments_bytes_max);
      const std::uint64_t announced = sealed_report_bytes(archive_bytes_of(report), roster->places);
      std::uint64_t sealed = 0;
      REQUIRE(
          seal_report(std::move(report), audience, roster->places, keys, 1, [&](ByteView bytes) -> Outcome<> {
            sealed += bytes.size();
            return {};
          }));
      CHECK(sealed == announced);
      sizes.insert(sealed);
    }
  }
  CHECK(sizes.size() == 1);
}

TEST_CASE(
    "a report that is held is sealed to its identity in the place of its readers, and has the size of any "
    "other") {
  const auto ids = std::vector{CaseworkerId::parse("ada").value(), CaseworkerId::parse("bo").value()};
  const test::TestRoster roster = test::make_test_roster(ids, [](Roster& draft) { draft.places = 5; });
  const ReporterKeys keys = ReporterKeys::derive(Codename::make_random());
  const Audience audience = audience_of(roster.verified, legal_desk, {}, roster_day).value();
  const auto sealed_with = [&](const open::HybridIdentity* held) {
    Composed report = composed(roster.verified, audience, keys, 5);
    if (held != nullptr) report.held_for = held->recipient();
    CHECK(report.manifest.audience == ids);
    Bytes sealed;
    REQUIRE(seal_report(std::move(report), audience, 5, keys, 1, [&](ByteView bytes) -> Outcome<> {
      append(sealed, bytes);
      return {};
    }));
    return sealed;
  };
  const auto held_for = open::HybridIdentity::make_random();
  const Bytes held = sealed_with(&held_for);
  CHECK(held.size() == sealed_with(nullptr).size());
  constexpr unsigned alone = 1;
  CHECK(check_sealed_report(held, held.size(), 5, {&alone, 1}) == SealedProblem::none);
  std::vector<open::Identity> readers;
  for (const auto& identity : roster.identities)
    readers.emplace_back(open::HybridIdentity::from_seed(Secret<32>::copy_of(identity.seed().reveal())));
  CHECK(open::open_bytes(readers, held).error().code == Errc::no_match);
  CHECK(open::open_bytes(readers, sealed_with(nullptr)));
  const open::Identity hers = open::HybridIdentity::from_seed(Secret<32>::copy_of(held_for.seed().reveal()));
  CHECK(open::open_bytes({&hers, 1}, held));
}

TEST_CASE("a follow-up hands over the releases of all ids that a first report may have, if she says so") {
  const VerifiedRoster roster = full_roster();
  const ReporterKeys keys = ReporterKeys::derive(Codename::make_random());
  const Audience audience = audience_of(roster, legal_desk, {}, roster_day).value();
  ReportPlace place = make_follow_up(keys);
  CHECK(parse_report(as_text(composed(roster, audience, keys, 5, place).report_json.reveal()))
            ->releases.empty());
  place.releases = true;
  const auto report = parse_report(as_text(composed(roster, audience, keys, 5, place).report_json.reveal()));
  REQUIRE(report->releases.size() == 8);
  for (std::uint64_t n = 0; n < 8; ++n) {
    CHECK(report->releases[n].report == keys.report_id(n));
    CHECK(std::ranges::equal(report->releases[n].release.reveal(), keys.match_release(n).reveal()));
  }
}

TEST_CASE("a follow-up names report 0 of the codename, under a number that nobody has to remember") {
  const VerifiedRoster roster = full_roster();
  const ReporterKeys keys = ReporterKeys::derive(Codename::make_random());
  const Audience audience = audience_of(roster, legal_desk, {}, roster_day).value();
  std::set<std::uint64_t> numbers;
  for (int i = 0; i < 200; ++i) {
    const ReportPlace place = make_follow_up(keys);
    CHECK(place.thread == keys.report_id(0));
    CHECK(place.number >= std::uint64_t{1} << 16U);
    CHECK(place.number < std::uint64_t{1} << 48U);
    numbers.insert(place.number);
  }
  CHECK(numbers.size() == 200);
  CHECK(*numbers.rbegin() > std::uint64_t{1} << 40U);
  const ReportPlace place = make_follow_up(keys);
  const Composed report = composed(roster, audience, keys, 5, place);
  CHECK(report.manifest.report == keys.report_id(place.number));
  CHECK(report.manifest.thread == keys.report_id(0));
  CHECK(parse_report(as_text(report.report_json.reveal()))->thread == keys.report_id(0));
}

TEST_CASE("a text that is too long is told with the limit and how much is over") {
  const VerifiedRoster roster = full_roster();
  const ReporterKeys keys = ReporterKeys::derive(Codename::make_random());
  const Audience audience = audience_of(roster, legal_desk, {}, roster_day).value();
  const auto refused = [&](const Answers& answers) {
    return compose(roster, audience, keys, {}, answers, {}, roster_day).error().text;
  };
  const std::string long_text = refused({{roster->form.account.front(), std::string(12'130, 'x')}});
  CHECK(long_text.find("12130 characters, 130 more than the 12000") != std::string::npos);
  // 12,000 characters of four bytes fit the question and not the report.
  std::string wide;
  for (int i = 0; i < 12'000; ++i) wide += "\U0001f600";
  const std::string together = refused({{roster->form.account.front(), wide}});
  INFO(together);
  CHECK(together.find("more than the 49152 that fit") != std::string::npos);
}

}  // namespace
}  // namespace candour::cli
