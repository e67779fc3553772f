// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/evidence_note.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/sign/note.h"
#include "support.h"

namespace candour {
namespace {

struct People {
  sign::SigningKey ada = sign::SigningKey::make_random(), bo = sign::SigningKey::make_random();
  Roster roster;
  EvidenceNote what;

  People() {
    add("ada", ada);
    add("bo", bo);
    what.reports.push_back({.bytes = {1}});
    what.reports.push_back({.bytes = {2}});
    what.day = Day::parse("2026-11-26").value();
    what.bagit = {3};
    what.info = {4};
    what.manifest = {5};
  }
  void add(std::string_view id, const sign::SigningKey& key) {
    const auto who = CaseworkerId::parse(id).value();
    roster.caseworkers.push_back({.id = who,
                                  .name = std::string(id),
                                  .desks = {},
                                  .signing_key = make_note_verifier_key(who.key_name(), key.verify_key()),
                                  .sealing_key_note = {},
                                  .revoked = false,
                                  .sealing_key = std::nullopt});
  }
  std::string signed_by_ada(const std::string& text) const {
    return sign::sign_note(text, "candour/caseworker/ada", ada).value();
  }
};

}  // namespace

TEST_CASE("evidence note: back and forth, and its signer") {
  const People people;
  const std::string text = encode_evidence(people.what);
  CHECK(parse_evidence(text) == people.what);
  const auto verified = verify_evidence(people.signed_by_ada(text), people.roster);
  REQUIRE(verified);
  CHECK(verified->what == people.what);
  CHECK(verified->text == text);
  CHECK(verified->signer->id.text() == "ada");
}

TEST_CASE("an evidence note is signed by one caseworker of the roster, and unchanged") {
  const People people;
  const std::string note = people.signed_by_ada(encode_evidence(people.what));
  const auto code = [&](const std::string& changed, const Roster& roster) {
    const auto verified = verify_evidence(changed, roster);
    return verified ? Errc::internal : verified.error().code;
  };
  CHECK(code(note, Roster{}) == Errc::no_match);
  CHECK(code(sign::add_note_signature(note, "candour/caseworker/bo", people.bo).value(), people.roster) ==
        Errc::no_match);
  std::string later = note;
  later.replace(later.find("2026-11-26"), 10, "2026-11-27");
  CHECK(code(later, people.roster) == Errc::not_authentic);
  CHECK(code(people.signed_by_ada("candour/v1/receipt\n"), people.roster) == Errc::malformed);
}

TEST_CASE("an evidence note of another form is refused") {
  const People people;
  const std::string text = encode_evidence(people.what);
  for (const auto& [from, to] : std::initializer_list<std::pair<std::string, std::string>>{
           {"evidence", "erasure"},
           {"day 2026-11-26\n", ""},
           {"day 2026-11-26", "day 2026-11-31"},
           {"manifest 05", "manifest 5"},
           {"bagit 03", "bagit 0G"},
           {"info 04", "info  04"},
           {people.what.reports[1].encode(), people.what.reports[0].encode()},
           {people.what.reports[1].encode(), "ff"}}) {
    INFO(from);
    std::string changed = text;
    changed.replace(changed.find(from), from.size(), to);
    CHECK_FALSE(parse_evidence(changed));
  }
  CHECK_FALSE(parse_evidence(text + "more\n"));
  EvidenceNote none = people.what;
  none.reports.clear();
  CHECK_FALSE(parse_evidence(encode_evidence(none)));
  EvidenceNote many = people.what;
  for (std::uint8_t n = 3; many.reports.size() <= evidence_reports_max; ++n)
    many.reports.push_back({.bytes = {n}});
  CHECK(parse_evidence(encode_evidence(many)).error().code == Errc::too_large);
}

}  // namespace candour
