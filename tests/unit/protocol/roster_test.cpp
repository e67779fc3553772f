// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/roster.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "crypto/core/encoding.h"
#include "crypto/core/note.h"
#include "crypto/sign/note.h"
#include "protocol/roster_draft.h"
#include "support.h"

namespace candour {
namespace {

using test::at;
using test::text_at;

CaseworkerId id(std::string_view text) { return CaseworkerId::parse(text).value(); }

struct Vectors {
  json::Value file = test::read_vectors("roster.json");
  Pin pin = Pin::parse(text_at(file, "pin")).value();
  std::string note = text_at(at(file, "cases").array()->front(), "note");
  std::string text = parse_note(note).value().text;
  Day today = Day::parse("2026-11-24").value();
  DeskId legal = DeskId::parse("legal").value();
};

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  const auto found = text.find(what);
  REQUIRE(found != std::string::npos);
  return text.replace(found, what.size(), by);
}

TEST_CASE("roster vectors: each refusal in its own words") {
  const Vectors vectors;
  for (const auto& one : *at(vectors.file, "cases").array()) {
    INFO(text_at(one, "name"));
    std::optional<RosterSeen> seen;
    if (const auto& last = at(one, "last_seen"); !last.is_null()) {
      seen.emplace();
      seen->version = at(last, "version").whole().value();
      REQUIRE(hex_decode_into(text_at(last, "text_sha256"), seen->text_sha256));
    }
    const auto today = Day::parse(text_at(one, "today")).value();
    const auto verified = verify_roster(text_at(one, "note"), vectors.pin, today, seen);
    const auto& outcome = text_at(one, "outcome");
    if (outcome == "ok") {
      REQUIRE(verified);
      CHECK(verified->note() == text_at(one, "note"));
      if (seen) CHECK(verified->seen() == *seen);
    } else {
      REQUIRE_FALSE(verified);
      INFO(verified.error().message.view());
      CHECK(verified.error().message.view().contains(outcome));
    }
  }
}

TEST_CASE("roster: any byte changed in what is signed is noticed") {
  const Vectors vectors;
  for (std::size_t i = 0; i < vectors.text.size(); i += 37) {
    auto changed = vectors.note;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    REQUIRE_FALSE(verify_roster(changed, vectors.pin, vectors.today, {}));
  }
}

TEST_CASE("roster: an expired one can still be served, and says so") {
  const Vectors vectors;
  const auto served = verify_roster_signatures(vectors.note, vectors.pin);
  REQUIRE(served);
  CHECK_FALSE((*served)->is_valid_on(Day::parse("2027-02-21").value()));
  CHECK(audience_of(*served, vectors.legal, {}, Day::parse("2027-02-21").value()).error().code ==
        Errc::expired);
}

// One list for every implementation: rosters that are rightly signed, and each wrong in one place.
struct Changes {
  json::Value file = test::read_vectors("roster_changes.json");
  NoteVerifierKey root = parse_note_verifier_key(text_at(at(file, "root"), "key")).value();
  sign::SigningKey signer =
      sign::SigningKey::from_seed(test::secret_of_hex(text_at(at(file, "root"), "seed")));
  Pin pin = Pin::of(1, {root}).value();
  Day today = Day::parse(text_at(file, "today")).value();
  Result<VerifiedRoster> verify(const json::Value& change) const {
    const auto text = replaced(text_at(file, "text"), text_at(change, "find"), text_at(change, "replace"));
    return verify_roster(sign::sign_note(text, root.name, signer).value(), pin, today, {});
  }
};

TEST_CASE("roster changes: every wrong field is refused with its name") {
  const Changes changes;
  for (const auto& change : *at(changes.file, "refused").array()) {
    INFO(text_at(change, "name"));
    const auto verified = changes.verify(change);
    REQUIRE_FALSE(verified);
    INFO(verified.error().message.view());
    CHECK(verified.error().message.view().contains(text_at(change, "names")));
  }
}

TEST_CASE("roster changes: a caseworker whose key is not certified receives nothing, the others do") {
  const Changes changes;
  for (const auto& change : *at(changes.file, "read").array()) {
    INFO(text_at(change, "name"));
    const auto verified = changes.verify(change);
    REQUIRE(verified);
    std::vector<CaseworkerId> readers;
    for (const auto& reader : *at(change, "readers").array()) readers.push_back(id(*reader.text()));
    const auto desk = DeskId::parse(text_at(changes.file, "desk")).value();
    CHECK(audience_of(*verified, desk, {}, changes.today)->ids() == readers);
  }
}

TEST_CASE(
    "roster: the organisation's words are kept when a draft is rewritten; a slip in a name is refused "
    "there") {
  const Changes changes;
  const auto& text = text_at(changes.file, "text");
  const auto roster = parse_roster(text);
  REQUIRE(roster);
  CHECK(roster->words.languages == std::vector<std::string>{"en", "cy", "pt-BR"});
  CHECK(roster->words.texts.lines.at("read_when") == "On Mondays.");
  CHECK(roster->words.texts.privacy_in.at("scotland") == "In Scotland, so.");
  CHECK(roster->words.translations.at(0).texts.lines.at("court") == "Llys.");
  CHECK(parse_roster(encode_roster(*roster))->words.translations.at(0).form_json ==
        roster->words.translations.at(0).form_json);
  CHECK(encode_roster(*parse_roster(encode_roster(*roster))) == encode_roster(*roster));
  const auto slip = replaced(text, "\"read_when\"", "\"read_wen\"");
  CHECK(parse_roster(slip));
  const auto draft = parse_roster_draft(slip);
  REQUIRE_FALSE(draft);
  CHECK(draft.error().message.view().contains("texts"));
}

TEST_CASE("roster: retention as the policy says, and six years where it says nothing") {
  const Vectors vectors;
  const auto with = [&](const std::string& fields) {
    return parse_roster(replaced(vectors.text, "\"attachments_max\"", fields + "\"attachments_max\""));
  };
  CHECK(with("")->policy.retention_days == 2190);
  CHECK(with("")->policy.retention_spread_days == 90);
  const auto chosen = with(R"("retention_days": 90, "retention_spread_days": 0, )");
  REQUIRE(chosen);
  CHECK(chosen->policy.retention_days == 90);
  CHECK(chosen->policy.retention_spread_days == 0);
  CHECK(parse_roster(encode_roster(*chosen))->policy.retention_days == 90);
}

TEST_CASE("audience: those of the desk, but never the excluded, revoked or uncertified") {
  const Vectors vectors;
  const auto verified = verify_roster(vectors.note, vectors.pin, vectors.today, {}).value();
  const auto everybody = audience_of(verified, vectors.legal, {}, vectors.today);
  REQUIRE(everybody);
  CHECK(everybody->ids() == std::vector{id("ada"), id("bo"), id("cy")});
  CHECK(everybody->members[0].recipient == verified->find(id("ada"))->sealing_key->recipient);
  const auto without = audience_of(verified, vectors.legal, {id("cy"), id("ada"), id("cy")}, vectors.today);
  REQUIRE(without);
  CHECK(without->ids() == std::vector{id("bo")});
  CHECK(without->excluded == std::vector{id("ada"), id("cy")});
  CHECK(audience_of(verified, vectors.legal, {id("ada"), id("bo"), id("cy")}, vectors.today).error().code ==
        Errc::refused);
  CHECK(audience_of(verified, vectors.legal, {id("mallory")}, vectors.today).error().code == Errc::not_found);
  CHECK(audience_of(verified, DeskId::parse("other").value(), {}, vectors.today).error().code ==
        Errc::not_found);
  // All sealing keys end before the roster does.
  CHECK(audience_of(verified, vectors.legal, {}, Day::parse("2027-02-01").value()).error().code ==
        Errc::refused);
}

TEST_CASE("audience: who cannot receive today can be left out for later, who is revoked cannot be named") {
  const Changes changes;
  const auto legal = DeskId::parse(text_at(changes.file, "desk")).value();
  const auto without_ada = [&](std::string_view change) {
    const auto& all = *at(changes.file, "read").array();
    const auto found =
        std::ranges::find_if(all, [&](const auto& one) { return text_at(one, "name") == change; });
    REQUIRE(found != all.end());
    return audience_of(changes.verify(*found).value(), legal, {id("ada")}, changes.today);
  };
  const auto lapsed = without_ada("lapsed");
  REQUIRE(lapsed);
  CHECK(lapsed->excluded == std::vector{id("ada")});
  CHECK(lapsed->ids() == std::vector{id("bo"), id("cy")});
  CHECK(without_ada("revoked").error().code == Errc::refused);
}

TEST_CASE("audience: the server takes distinct, active people of one desk") {
  const Vectors vectors;
  auto roster = parse_roster(vectors.text).value();
  CHECK(check_audience(roster, {id("ada"), id("cy")}));
  CHECK_FALSE(check_audience(roster, {}));
  CHECK_FALSE(check_audience(roster, {id("cy"), id("ada")}));
  CHECK_FALSE(check_audience(roster, {id("ada"), id("ada")}));
  CHECK_FALSE(check_audience(roster, {id("ada"), id("mallory")}));
  roster.caseworkers[0].revoked = true;
  CHECK_FALSE(check_audience(roster, {id("ada"), id("cy")}));
  CHECK(roster.find_active(id("ada")) == nullptr);
  const auto other = DeskId::parse("other").value();
  roster.desks.push_back({other, "Other", "", 1});
  roster.caseworkers[1].desks = {other};
  CHECK_FALSE(check_audience(roster, {id("bo"), id("cy")}));
  CHECK(check_audience(roster, {id("bo")}));
  roster.places = 1;
  roster.caseworkers[1].desks = {vectors.legal};
  CHECK_FALSE(check_audience(roster, {id("bo"), id("cy")}));
}

TEST_CASE("audience header: sorted, distinct, without blanks") {
  const auto parsed = parse_audience_header("ada,bo");
  REQUIRE(parsed);
  CHECK(encode_audience_header(*parsed) == "ada,bo");
  for (const auto* wrong : {"", ",", "ada,", ",ada", "bo,ada", "ada,ada", "ada, bo", "Ada", "ada;bo"}) {
    CHECK_FALSE(parse_audience_header(wrong));
  }
}

TEST_CASE("threshold desks: as many as it takes to open a report have to be left") {
  const Vectors vectors;
  auto roster = parse_roster(vectors.text).value();
  roster.desks[0].threshold = 2;
  const auto root = sign::SigningKey::make_random();
  const auto key = make_note_verifier_key("candour/root-key/one", root.verify_key());
  const auto note = sign::sign_note(encode_roster(roster), key.name, root);
  const auto verified = verify_roster(*note, Pin::of(1, {key}).value(), vectors.today, {});
  REQUIRE(verified);
  const auto all = audience_of(*verified, vectors.legal, {}, vectors.today);
  REQUIRE(all);
  CHECK(all->threshold == 2);
  CHECK(thresholds_for(verified->roster(), all->ids()) == std::vector{2U});
  std::vector<CaseworkerId> excluded = all->ids();
  excluded.erase(excluded.end() - 2, excluded.end());
  const auto two = audience_of(*verified, vectors.legal, excluded, vectors.today);
  REQUIRE(two);
  CHECK(two->members.size() == 2);
  excluded.push_back(two->members.front().id);
  CHECK(audience_of(*verified, vectors.legal, excluded, vectors.today).error().code == Errc::refused);
  CHECK(thresholds_for(verified->roster(), {two->members.front().id}).empty());
  CHECK(audience_sha256(all->ids()) != audience_sha256(two->ids()));
}

TEST_CASE("draft: it may be unfinished, and encodes to what clients accept") {
  const Vectors vectors;
  auto roster = parse_roster(vectors.text).value();
  const auto again = parse_roster(encode_roster(roster));
  REQUIRE(again);
  CHECK(encode_roster(*again) == encode_roster(roster));
  CHECK(check_roster(roster));
  CHECK(roster.form_json == again->form_json);

  auto draft_text = replaced(vectors.text, "\"version\": 7,", "");
  draft_text = replaced(draft_text, "\"valid_from\": \"2026-11-23\",", "");
  draft_text = replaced(draft_text, "\"valid_until\": \"2027-02-20\",", "");
  draft_text = replaced(draft_text, "\"places\": 3,", "");
  CHECK_FALSE(parse_roster(draft_text));
  auto draft = parse_roster_draft(draft_text);
  REQUIRE(draft);
  CHECK(draft->version == 0);
  CHECK(draft->places == 1);
  CHECK_FALSE(check_roster(*draft));
  REQUIRE(fit_places(*draft));
  CHECK(draft->places == 3);
  draft->desks.clear();
  for (auto& caseworker : draft->caseworkers) caseworker.desks.clear();
  CHECK(parse_roster_draft(encode_roster(*draft)));
}

}  // namespace
}  // namespace candour
