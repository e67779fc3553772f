// SPDX-License-Identifier: AGPL-3.0-or-later
// Every report without attachments has one size, however much is said and whoever is left out (docs/spec/report.md): sealed
// for real, up to 31 exclusions with ids of 32 characters at a desk of 32.
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "client-cli/report/send.h"
#include "crypto/open/identity.h"
#include "crypto/sign/note.h"
#include "file_state.h"
#include "protocol/default_form.h"
#include "protocol/limits.h"
#include "protocol/roster_draft.h"
#include "protocol/sealed_report.h"
#include "protocol/sealing_key_note.h"

namespace candour::cli {
namespace {

const Day today = Day::parse("2026-11-23").value();
const DeskId legal = DeskId::parse("legal").value();

CaseworkerId caseworker_id(std::size_t i) {
  return CaseworkerId::parse(fmt::format("{:a>30}{:02}", "", i)).value();
}

Caseworker make_caseworker(std::size_t i) {
  const auto id = caseworker_id(i);
  const auto key = sign::SigningKey::make_random();
  const SealingKey sealing{id, encode_recipient(open::HybridIdentity::make_random().recipient()), today,
                           today.plus(30)};
  return {id,
          id.text(),
          {legal},
          make_note_verifier_key(id.key_name(), key.verify_key()),
          sign::sign_note(encode_sealing_key(sealing), id.key_name(), key).value(),
          false,
          sealing};
}

VerifiedRoster full_roster() {
  const auto key = sign::SigningKey::make_random();
  Roster roster;
  roster.service = "Test";
  roster.public_name = "Notes";
  roster.version = 1;
  roster.valid_from = today;
  roster.valid_until = today.plus(30);
  roster.places = limits::places_max;
  roster.desks.push_back({legal, "Legal desk", "Solicitors", 1});
  for (std::size_t i = 0; i < limits::places_max; ++i) roster.caseworkers.push_back(make_caseworker(i));
  roster.receipt_key = make_note_verifier_key("candour/receipt/main", key.verify_key());
  roster.form_json = default_form_json();
  roster.form = parse_form(roster.form_json).value();
  const std::string name = "candour/root-key/main";
  const Pin pin = Pin::of(1, {make_note_verifier_key(name, key.verify_key())}).value();
  return verify_roster_signatures(sign::sign_note(encode_roster(roster), name, key).value(), pin).value();
}

Composed composed(const VerifiedRoster& roster, const Audience& audience, const ReporterKeys& keys,
                  std::size_t characters, const ReportPlace& place = {}) {
  Answers answers{{roster->form.account.front(), std::string(characters, 'x')}};
  return compose(roster, audience, keys, place, std::move(answers), {}, today).value();
}

TEST_CASE("a sealed text has one size with no exclusion and with the most") {
  const VerifiedRoster roster = full_roster();
  const ReporterKeys keys = ReporterKeys::derive(Codename::make_random());
  const std::size_t most = roster->form.find(roster->form.account.front())->characters_max;
  std::set<std::uint64_t> sizes;
  for (const std::size_t exclusions : {std::size_t{0}, std::size_t{1}, limits::places_max - 1}) {
    std::vector<CaseworkerId> excluded;
    for (std::size_t i = 0; i < exclusions; ++i) excluded.push_back(caseworker_id(i));
    const Audience audience = audience_of(roster, legal, excluded, today).value();
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

TEST_CASE("a follow-up names report 0 of the codename, under a number that nobody has to remember") {
  const VerifiedRoster roster = full_roster();
  const ReporterKeys keys = ReporterKeys::derive(Codename::make_random());
  const Audience audience = audience_of(roster, legal, {}, today).value();
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
  const Audience audience = audience_of(roster, legal, {}, today).value();
  const auto refused = [&](const Answers& answers) {
    return compose(roster, audience, keys, {}, answers, {}, today).error().text;
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
