// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/case_event.h"

#include <catch2/catch_test_macros.hpp>

#include <string>

#include "crypto/core/encoding.h"
#include "crypto/core/labels.h"
#include "desk_people.h"
#include "protocol/event_body.h"
#include "protocol/limits.h"
#include "protocol/sealed_event.h"

namespace candour {
namespace {

using test::DeskPeople;

CaseEvent event_of(EventBody body) {
  CaseEvent event{.case_id = derive_case_id(ReportId{}),
                  .author = test::caseworker("ada"),
                  .number = 0,
                  .previous = std::nullopt,
                  .seen = {},
                  .readers = {test::caseworker("ada"), test::caseworker("bo")},
                  .day = Day::parse("2026-11-26").value(),
                  .body = std::move(body)};
  return event;
}

const std::vector<EventBody>& bodies() {
  static const std::vector<EventBody> all{
      event::Opened{ReportId{{1, 2, 3}}},
      event::Status{CaseStatus::working},
      event::Risk{CaseRisk::immediate},
      event::Assign{test::caseworker("bo")},
      event::Assign{},
      event::Label{"housing", false},
      event::Deadline{"Hearing", Day::parse("2026-12-11").value()},
      event::Deadline{"Hearing", std::nullopt},
      event::Note{"She rang.\n\n\"Not at home\", she says: \\o/ é", false},
      event::Note{"advice", true},
      event::Recused{},
      event::Replied{ReportId{{1, 2}}, 3},
      event::Consented{"housing officer", Consent::ask},
      event::Disclosure{"a shelter", "that she needs a room", "he knows where she lives", "by phone"},
      event::Agreed{EventHash{4}},
      event::Disclosed{EventHash{4}, "could not be reached"},
      event::Quarantine{ReportId{{1}}, 2, true, "perhaps a copy of a police record"},
      event::Admitted{test::caseworker("cy"), "takes over", {EventHash{1}, EventHash{2}}},
      event::Admitted{test::caseworker("cy"), "takes over", {}},
      event::Earlier{"a note\nof lines\n\n\u2014 candour/caseworker/ada x\n"},
      event::Grant{ReportId{{1}}, EventHash{2}, {3, 4}},
      event::Share{ReportId{{1}}, Digest{2}, 255, {3, 4}},
      event::RiskSheet{{{"fear", "that he finds out"}, {"plan", "to her sister"}, {"weapons", std::nullopt}}},
      event::SignedOff{SignOff::closure, EventHash{4}, "all done"},
      event::SignedOff{SignOff::plan, EventHash{5}, "good"},
      event::Cover{test::caseworker("ada"),
                   event::Cover::Stand{test::caseworker("bo"), Day::parse("2026-12-12").value()}},
      event::Cover{test::caseworker("ada"), std::nullopt},
      event::Other{"of-tomorrow", R"({"about": "her GP"})"},
  };
  return all;
}

std::string text_with(std::string_view line, std::string_view instead) {
  std::string text = encode_event(event_of(event::Status{CaseStatus::triage}));
  const auto at = text.find(line);
  REQUIRE(at != std::string::npos);
  return text.replace(at, line.size(), instead);
}

}  // namespace

TEST_CASE("case event: every kind there and back") {
  for (const EventBody& body : bodies()) {
    CaseEvent event = event_of(body);
    CHECK(parse_event(encode_event(event)) == event);
    event.number = 7;
    event.previous = EventHash{9};
    event.seen = {EventHash{1}, EventHash{2}};
    CHECK(parse_event(encode_event(event)) == event);
  }
}

TEST_CASE("case event: the text is that of the specification") {
  CHECK(encode_event(event_of(event::Status{CaseStatus::working})) ==
        "candour/v1/case-event\n"
        "case " +
            hex_encode(derive_case_id(ReportId{}).bytes) +
            "\n"
            "author ada\nnumber 0\nprevious -\nreader ada\nreader bo\nday 2026-11-26\nkind status\n"
            "{\"status\":\"working\"}\n");
  Sha256 hash;
  hash.update(as_bytes("candour/v1/case-id"));
  hash.update(ReportId{}.bytes);
  CHECK(derive_case_id(ReportId{}).bytes == hash.finish());
}

TEST_CASE("case event: bodies of daily work are those of the specification") {
  CHECK(encode_event_body(event::RiskSheet{
            {{"plan", "to her sister"}, {"fear", "of Sunday"}, {"weapons", std::nullopt}}}) ==
        R"({"weapons":null,"fear":"of Sunday","plan":"to her sister"})");
  CHECK(encode_event_body(event::SignedOff{SignOff::risk, EventHash{}, "as I see it"}) ==
        R"({"what":"risk","of":")" + std::string(64, '0') + R"(","text":"as I see it"})");
  CHECK(encode_event_body(
            event::Cover{test::caseworker("ada"),
                         event::Cover::Stand{test::caseworker("bo"), Day::parse("2026-12-12").value()}}) ==
        R"({"for":"ada","by":"bo","until":"2026-12-12"})");
  CHECK(encode_event_body(event::Cover{test::caseworker("ada"), std::nullopt}) ==
        R"({"for":"ada","by":null,"until":null})");
  const std::string hash(64, 'a');
  for (const auto& [kind, body] : std::vector<std::pair<std::string, std::string>>{
           {"risk-sheet", R"({})"},
           {"risk-sheet", R"({"score":"14"})"},
           {"risk-sheet", R"({"fear":""})"},
           {"risk-sheet", R"({"fear":7})"},
           {"risk-sheet", R"({"fear":"two\nlines"})"},
           {"signed-off", R"({"what":"story","of":")" + hash + R"(","text":"x"})"},
           {"signed-off", R"({"what":"risk","text":"x"})"},
           {"signed-off", R"({"what":"risk","of":")" + hash + R"(","text":""})"},
           {"cover", R"({"for":"ada","by":"bo"})"},
           {"cover", R"({"for":"ada","by":"bo","until":null})"},
           {"cover", R"({"for":"ada","by":null,"until":"2026-12-12"})"},
           {"cover", R"({"for":"ada","until":null})"},
           {"cover", R"({"for":"ada","by":"bo","until":"soon"})"},
           {"cover", R"({"for":"ada","by":"ada","until":"2026-12-12"})"},
           {"cover", R"({"by":"ada","until":"2026-12-12"})"},
       }) {
    INFO(kind << ' ' << body);
    CHECK(!parse_event_body(kind, body));
  }
  CHECK(parse_event_body("risk-sheet", R"({"fear":"x","score":"14"})") ==
        EventBody(event::RiskSheet{{{"fear", "x"}}}));
}

TEST_CASE("case event: what is not one is refused") {
  const std::string good = encode_event(event_of(event::Status{CaseStatus::triage}));
  REQUIRE(parse_event(good));
  for (std::size_t cut = 0; cut < good.size(); ++cut) CHECK(!parse_event(good.substr(0, cut)));
  CHECK(!parse_event(good + "\n"));
  for (const auto& [line, instead] : std::vector<std::pair<std::string, std::string>>{
           {"number 0", "number 1"},  // without a previous one
           {"number 0", "number 00"},
           {"number 0", "number -1"},
           {"number 0", "number 9007199254740992"},
           {"previous -", "previous " + std::string(64, 'a')},  // of number 0
           {"previous -", "previous A"},
           {"reader ada\nreader bo", "reader bo\nreader ada"},
           {"reader ada\nreader bo", "reader ada\nreader ada"},
           {"author ada", "author Ada"},
           {"day 2026-11-26", "day 2026-11-31"},
           {"triage", "lost"},
           {"{\"status\":\"triage\"}", "[]"},
           {"{\"status\":\"triage\"}", "{\"status\":\"triage\",\"status\":\"closed\"}"},
           {"{\"status\":\"triage\"}", "{}"},
           {"kind status", "kind "},
           {"kind status", "kind risk"},
       }) {
    INFO(instead);
    CHECK(!parse_event(text_with(line, instead)));
  }
  CHECK(parse_event(
      text_with("{\"status\":\"triage\"}", "{\"status\":\"triage\",\"why\":\"a field of tomorrow\"}")));
}

TEST_CASE("case event: what may be said") {
  const std::size_t around = std::string_view("{\"text\":\"\"}").size();
  CHECK(check_event_body(event::Note{std::string(event_body_bytes_max - around, 'x'), false}));
  CHECK(!check_event_body(event::Note{std::string(event_body_bytes_max - around + 1, 'x'), false}));
  CHECK(
      !check_event_body(event::Note{std::string(event_body_bytes_max / 2, '"'), false}));  // each is escaped
  CHECK(!check_event_body(event::Note{"", false}));
  CHECK(!check_event_body(event::Note{"a\tb", false}));
  CHECK(!check_event_body(event::Note{"\xff", false}));
  CHECK(!check_event_body(event::Label{"two\nlines", true}));
  CHECK(!check_event_body(event::Label{std::string(event_line_bytes_max + 1, 'x'), true}));
  CHECK(!check_event_body(event::Deadline{"", std::nullopt}));
  CHECK(!check_event_body(event::Consented{"", Consent::yes}));
  CHECK(!check_event_body(event::Disclosure{"a shelter", "her address", "", "by phone"}));
  CHECK(!check_event_body(
      event::Disclosure{"a shelter", std::string(event_reason_bytes_max + 1, 'x'), "why", "by phone"}));
  CHECK(!check_event_body(event::Disclosed{EventHash{}, ""}));
  CHECK(!check_event_body(event::Quarantine{ReportId{}, 0, true, "why"}));
  CHECK(!check_event_body(event::Quarantine{ReportId{}, 1000, true, "why"}));
  CHECK(!check_event_body(event::Quarantine{ReportId{}, 1, true, "two\nlines"}));
  event::RiskSheet sheet;
  for (const std::string_view field : risk_sheet_fields)
    sheet.lines.emplace(field, std::string(event_reason_bytes_max, 'x'));
  CHECK(check_event_body(sheet));
  sheet.lines["fear"] = std::string(event_reason_bytes_max + 1, 'x');
  CHECK(!check_event_body(sheet));
  CHECK(!check_event_body(event::RiskSheet{{{"score", "14"}}}));
  CHECK(!check_event_body(event::SignedOff{SignOff::risk, EventHash{}, "two\nlines"}));
}

TEST_CASE(
    "case event: the longest one fits into its one size, signed, with all readers and others that there may "
    "be") {
  const std::string longest(32, 'z');
  CaseEvent event = event_of(event::Other{
      std::string(32, 'k'), "{\"text\": \"" + std::string(event_body_bytes_max - 12, 'x') + "\"}"});
  event.author = test::caseworker(longest);
  event.number = (std::uint64_t{1} << 53) - 1;
  event.previous = EventHash{};
  for (std::uint8_t n = 0; n < limits::event_seen_max; ++n) event.seen.push_back(EventHash{n});
  event.readers.clear();
  for (std::size_t n = 1; n < limits::places_max; ++n)
    event.readers.push_back(test::caseworker(std::string(30, 'a') + std::to_string(n + 10)));
  event.readers.push_back(event.author);
  REQUIRE(parse_event(encode_event(event)));
  const auto key = sign::SigningKey::make_random();
  CHECK(sign::sign_note(encode_event(event), event.author.key_name(), key).value().size() <=
        event_plain_bytes);
}

TEST_CASE("case event: only its author's signature counts, and only for its readers") {
  const DeskPeople people;
  const CaseEvent event = event_of(event::Note{"for ada and bo", false});
  const std::string note = people.sign(event);
  const auto verified = verify_event(note, people.roster, test::caseworker("bo"));
  REQUIRE(verified);
  CHECK(verified->event() == event);
  CHECK(verified->hash() == sha256(as_bytes(encode_event(event))));

  CHECK(verify_event(note, people.roster, test::caseworker("cy")).error().code == Errc::refused);
  CHECK(verify_event(people.sign_as(event, "bo"), people.roster, test::caseworker("bo")).error().code ==
        Errc::no_match);
  CaseEvent absent = event;
  absent.author = test::caseworker("zoe");
  CHECK(verify_event(people.sign_as(absent, "bo"), people.roster, test::caseworker("bo")).error().code ==
        Errc::no_match);
  CaseEvent outside = event;
  outside.readers = {test::caseworker("bo")};
  CHECK(verify_event(people.sign_as(outside, "ada"), people.roster, test::caseworker("bo")).error().code ==
        Errc::refused);
  std::string changed = note;
  changed[changed.find("for ada")] = 'F';
  CHECK(verify_event(changed, people.roster, test::caseworker("bo")).error().code == Errc::not_authentic);
  CHECK(verify_event(std::string(event_plain_bytes + 1, 'x'), people.roster, test::caseworker("bo"))
            .error()
            .code == Errc::too_large);
}

}  // namespace candour
