// SPDX-License-Identifier: AGPL-3.0-or-later
// Which reports are one case, and who may take part in it.
#include "client-cli/cases/case_file.h"

#include <catch2/catch_test_macros.hpp>

#include "client-cli/cases/desk_copy.h"
#include "file_state.h"
#include "protocol/succession_note.h"
#include "tests/unit/protocol/desk_people.h"

namespace candour::cli {
namespace {

using candour::test::caseworker;
using candour::test::DeskPeople;

std::vector<CaseworkerId> people_of(std::initializer_list<std::string_view> names) {
  std::vector<CaseworkerId> ids;
  for (const auto name : names) ids.push_back(caseworker(name));
  return ids;
}

ReportId id_of(std::uint8_t n) { return ReportId{{n}}; }

KnownReport report_of(std::uint8_t n, const sign::SigningKey& author,
                      std::initializer_list<std::string_view> audience) {
  return {.id = id_of(n),
          .arrived = Day(20'000 + n),
          .trouble = {},
          .by_author = KnownReport::Signed{.author = author.verify_key(),
                                           .sealed_sha256 = {},
                                           .written = Day(20'000),
                                           .thread = std::nullopt,
                                           .succession = {},
                                           .desk = DeskId::parse("legal").value(),
                                           .audience = people_of(audience),
                                           .excluded = {},
                                           .accused = {},
                                           .danger = false},
          .shared = {},
          .tried_on = {},
          .tried_with = 0};
}

std::vector<CaseFile> cases_of_all(const std::vector<KnownReport>& reports, const DeskPeople& people,
                                   std::vector<VerifiedEvent> events = {}) {
  std::vector<const KnownReport*> views;
  for (const auto& report : reports) views.push_back(&report);
  return cases_of(views, {}, std::move(events), people.roster);
}

// Not before libsodium is ready.
struct Authors {
  sign::SigningKey her = sign::SigningKey::make_random();
  sign::SigningKey her_next = sign::SigningKey::make_random();
  sign::SigningKey another = sign::SigningKey::make_random();
};
const Authors& authors() {
  static const Authors all;
  return all;
}

// What the page sends when she takes another codename.
KnownReport succession(std::uint8_t n, const sign::SigningKey& signer) {
  KnownReport report = report_of(n, authors().her_next, {"ada", "bo"});
  report.by_author->thread = id_of(1);
  report.by_author->succession =
      sign::sign_note(encode_succession({.thread = id_of(1), .authorship = authors().her_next.verify_key()}),
                      author_key_name, signer)
          .value();
  return report;
}

}  // namespace

TEST_CASE("case file: the reports of one author are one case, those of another are not") {
  const DeskPeople people;
  const std::vector<KnownReport> reports{report_of(3, authors().her, {"ada"}),
                                         report_of(1, authors().her, {"ada"}),
                                         report_of(2, authors().another, {"ada"})};
  const auto cases = cases_of_all(reports, people);  // has views of them
  REQUIRE(cases.size() == 2);
  const auto& hers = cases[0].reports.size() == 2 ? cases[0] : cases[1];
  REQUIRE(hers.reports.size() == 2);
  CHECK(hers.id == derive_case_id(authors().her.verify_key()));
  CHECK(hers.reports.front()->id == id_of(1));  // by day of arrival
}

TEST_CASE("case file: what came under a codename that follows hers belongs to it, if the old key says so") {
  const DeskPeople people;
  const auto later = report_of(4, authors().her_next, {"ada", "bo"});
  const auto joined =
      cases_of_all({report_of(1, authors().her, {"ada", "bo"}), succession(2, authors().her), later}, people);
  REQUIRE(joined.size() == 1);
  CHECK(joined[0].id == derive_case_id(authors().her.verify_key()));
  CHECK(joined[0].reports.size() == 3);
  const auto claimed = cases_of_all(
      {report_of(1, authors().her, {"ada", "bo"}), succession(2, authors().another), later}, people);
  CHECK(claimed.size() == 2);
}

TEST_CASE("case file: a case that began with a report which is gone is still that case") {
  const DeskPeople people;
  const auto first = report_of(1, authors().her, {"ada", "bo"});
  const auto next = succession(2, authors().her);
  const auto left = cases_of({&next}, {&first}, {}, people.roster);
  REQUIRE(left.size() == 1);
  CHECK(left[0].id == derive_case_id(authors().her.verify_key()));
  CHECK(left[0].reports == std::vector<const KnownReport*>{&next});
  CHECK(cases_of({&next}, {}, {}, people.roster)[0].id == derive_case_id(authors().her_next.verify_key()));
}

TEST_CASE(
    "case file: who reads all of it, is excluded by none of it, and is neither revoked nor recused takes "
    "part") {
  DeskPeople people;
  std::vector<KnownReport> reports{report_of(1, authors().her, {"ada", "bo"}),
                                   report_of(2, authors().her, {"ada", "bo", "cy"})};
  CHECK(cases_of_all(reports, people)[0].readers == people_of({"ada", "bo"}));
  reports[1].by_author->excluded = people_of({"bo"});
  reports[1].by_author->audience = people_of({"ada", "cy"});
  CHECK(cases_of_all(reports, people)[0].readers == people_of({"ada"}));
  people.revoke("ada");
  CHECK(cases_of_all(reports, people)[0].readers.empty());
}

TEST_CASE("case file: a file without a manifest is a case that nobody shares") {
  const DeskPeople people;
  const KnownReport file{.id = id_of(9),
                         .arrived = Day(20'000),
                         .trouble = {},
                         .by_author = {},
                         .shared = {},
                         .tried_on = {},
                         .tried_with = 0};
  const auto cases = cases_of_all({file}, people);
  REQUIRE(cases.size() == 1);
  CHECK(cases[0].id == derive_case_id(id_of(9)));
  CHECK(cases[0].readers.empty());
}

TEST_CASE(
    "case file: somebody who may not read the case has no say in it, and who recused herself is left out of "
    "what follows") {
  const DeskPeople people;
  const CaseId id = derive_case_id(authors().her.verify_key());
  const auto say = [&](const char* who, std::vector<CaseworkerId> readers, EventBody body) {
    const auto event =
        next_event({}, people.roster, id, caseworker(who), std::move(readers), Day(20'001), std::move(body));
    return verify_event(people.sign(event), people.roster, event.author).value();
  };
  const std::vector<KnownReport> reports{report_of(1, authors().her, {"ada", "bo"})};
  const auto cases =
      cases_of_all(reports, people,
                   {say("cy", people_of({"ada", "bo", "cy"}), event::Status{CaseStatus::closed}),
                    say("bo", people_of({"ada", "bo"}), event::Recused{})});
  CHECK(cases[0].state.status == CaseStatus::fresh);
  CHECK(cases[0].readers == people_of({"ada"}));
}

namespace {

// What each says in one case, knowing all that was said before and that she can open.
struct Talk {
  DeskPeople people;
  std::vector<VerifiedEvent> all;
  CaseId id = derive_case_id(authors().her.verify_key());
  const VerifiedEvent& say(const char* who, std::initializer_list<std::string_view> to, EventBody body) {
    const auto event =
        next_event(all, people.roster, id, caseworker(who), people_of(to), Day(20'001), std::move(body));
    all.push_back(verify_event(people.sign(event), people.roster, event.author).value());
    return all.back();
  }
  event::Admitted admission(const char* who, std::initializer_list<std::string_view> before) const {
    return {caseworker(who), "takes over", newest_events(all, people.roster, people_of(before))};
  }
};

}  // namespace

TEST_CASE(
    "case file: whom a reader admits takes part, and what is said then comes after all that was said "
    "before") {
  Talk talk;
  talk.say("ada", {"ada", "bo"}, event::Status{CaseStatus::triage});
  talk.say("bo", {"ada", "bo"}, event::Status{CaseStatus::closed});
  talk.say("ada", {"ada", "bo", "cy"}, talk.admission("cy", {"ada", "bo"}));
  const std::vector<KnownReport> reports{report_of(1, authors().her, {"ada", "bo"})};
  CHECK(cases_of_all(reports, talk.people, talk.all)[0].state.status == CaseStatus::closed);
  talk.say("cy", {"ada", "bo", "cy"}, event::Status{CaseStatus::working});
  const auto all = cases_of_all(reports, talk.people, talk.all);
  CHECK(all[0].readers == people_of({"ada", "bo", "cy"}));
  CHECK(all[0].state.status == CaseStatus::working);
  CHECK(all[0].state.missing.empty());
  // She has the last two alone, and misses nothing.
  const auto hers = cases_of_all(reports, talk.people, {talk.all.end() - 2, talk.all.end()});
  CHECK(hers[0].readers == people_of({"ada", "bo", "cy"}));
  CHECK(hers[0].state.status == CaseStatus::working);
  CHECK(hers[0].state.missing.empty());
  CHECK(hers[0].leaks.empty());
}

TEST_CASE("case file: whom an admitted reader lets in is shown who was let in before her") {
  Talk talk;
  talk.say("ada", {"ada", "bo"}, talk.admission("bo", {"ada"}));
  const std::string note = talk.people.sign(talk.all.back().event());
  talk.say("bo", {"ada", "bo", "cy"}, talk.admission("cy", {"ada", "bo"}));
  const std::vector<KnownReport> reports{report_of(1, authors().her, {"ada"})};
  // The second alone is nothing to her who sees only that: nobody named bo.
  CHECK(cases_of_all(reports, talk.people, {talk.all.back()})[0].readers == people_of({"ada"}));
  talk.say("bo", {"bo", "cy"}, event::Earlier{note});
  const auto hers = cases_of_all(reports, talk.people, {talk.all.end() - 2, talk.all.end()});
  CHECK(hers[0].readers == people_of({"ada", "bo", "cy"}));
  CHECK(hers[0].leaks.empty());
  // Not where it is signed by another than it says, or of another case.
  for (const std::string& wrong :
       {talk.people.sign_as(talk.all.front().event(), "bo"), std::string("ada admitted bo"), [&] {
          CaseEvent other = talk.all.front().event();
          other.case_id = derive_case_id(authors().another.verify_key());
          return talk.people.sign(other);
        }()}) {
    std::vector<VerifiedEvent> all{talk.all[1]};
    const auto said = next_event(all, talk.people.roster, talk.all[1]->case_id, caseworker("bo"),
                                 people_of({"bo", "cy"}), Day(20'001), event::Earlier{wrong});
    all.push_back(verify_event(talk.people.sign(said), talk.people.roster, said.author).value());
    CHECK(cases_of_all(reports, talk.people, all)[0].readers == people_of({"ada"}));
  }
}

TEST_CASE("case file: a revoked key lets in nobody by the hand of another") {
  for (const bool revoked : {false, true}) {
    Talk talk;
    talk.say("ada", {"ada", "bo"}, event::Status{CaseStatus::working});
    talk.say("ada", {"ada", "cy"}, talk.admission("cy", {"ada"}));
    const std::string note = talk.people.sign(talk.all.back().event());
    talk.say("cy", {"bo", "cy"}, event::Earlier{note});
    if (revoked) talk.people.revoke("ada");
    const std::vector<VerifiedEvent> of_bo{talk.all[0], talk.all[2]};
    const std::vector<KnownReport> reports{report_of(1, authors().her, {"ada", "bo"})};
    const auto cases = cases_of_all(reports, talk.people, of_bo);
    CHECK(cases[0].is_reader(caseworker("cy")) == !revoked);
    // What she passes on counts for nothing but that.
    CHECK(cases[0].state.status == (revoked ? CaseStatus::fresh : CaseStatus::working));
  }
}

TEST_CASE("case file: nobody is let in who is not of the desk, or who cannot read that she was") {
  Talk talk;
  talk.say("ada", {"ada", "bo"}, talk.admission("cy", {"ada", "bo"}));
  const std::vector<KnownReport> reports{report_of(1, authors().her, {"ada", "bo"})};
  CHECK(cases_of_all(reports, talk.people, talk.all)[0].readers == people_of({"ada", "bo"}));
  talk.say("ada", {"ada", "bo", "cy"}, talk.admission("cy", {"ada", "bo"}));
  CHECK(cases_of_all(reports, talk.people, talk.all)[0].is_reader(caseworker("cy")));
  talk.people.move("cy", "press");
  const auto elsewhere = cases_of_all(reports, talk.people, talk.all);
  CHECK_FALSE(elsewhere[0].is_reader(caseworker("cy")));
  CHECK(elsewhere[0].refused_admissions.size() == 2);
}

TEST_CASE("case file: nobody lets in whom any report excludes, and the attempt is named") {
  Talk talk;
  talk.say("ada", {"ada", "bo", "cy"}, talk.admission("cy", {"ada", "bo"}));
  talk.say("cy", {"ada", "bo", "cy"}, event::Status{CaseStatus::closed});
  std::vector<KnownReport> reports{report_of(1, authors().her, {"ada", "bo"}),
                                   report_of(2, authors().her, {"ada", "bo"})};
  reports[1].by_author->excluded = people_of({"cy"});
  const auto cases = cases_of_all(reports, talk.people, talk.all);
  CHECK(cases[0].readers == people_of({"ada", "bo"}));
  CHECK(cases[0].entitled == people_of({"ada", "bo"}));
  CHECK(cases[0].state.status == CaseStatus::fresh);
  REQUIRE(cases[0].refused_admissions.size() == 1);
  CHECK((*cases[0].refused_admissions[0])->author == caseworker("ada"));
}

TEST_CASE("case file: who is no reader admits nobody, and what is said to a stranger is named") {
  Talk talk;
  talk.say("cy", {"ada", "bo", "cy"}, talk.admission("cy", {"ada", "bo"}));
  talk.say("bo", {"ada", "bo", "cy"}, event::Status{CaseStatus::working});
  const std::vector<KnownReport> reports{report_of(1, authors().her, {"ada", "bo"})};
  const auto cases = cases_of_all(reports, talk.people, talk.all);
  CHECK(cases[0].readers == people_of({"ada", "bo"}));
  REQUIRE(cases[0].leaks.size() == 1);
  CHECK((*cases[0].leaks[0])->author == caseworker("bo"));
}

TEST_CASE("case file: an admission by who is revoked since stays if a colleague had built upon it") {
  for (const bool built_upon : {true, false}) {
    Talk talk;
    talk.say("ada", {"ada", "bo", "cy"}, talk.admission("cy", {"ada", "bo"}));
    if (built_upon) talk.say("bo", {"ada", "bo", "cy"}, event::Status{CaseStatus::working});
    talk.say("cy", {"ada", "bo", "cy"}, event::Status{CaseStatus::triage});
    talk.people.revoke("ada");
    const std::vector<KnownReport> reports{report_of(1, authors().her, {"ada", "bo"})};
    CHECK(cases_of_all(reports, talk.people, talk.all)[0].readers ==
          (built_upon ? people_of({"bo", "cy"}) : people_of({"bo"})));
  }
}

TEST_CASE("case file: whoever follows another codename counts by the first key, if the old key says so") {
  const auto first = report_of(1, authors().her, {"ada"});
  const auto next = succession(2, authors().her);
  const auto forged = succession(3, authors().another);
  CHECK(first_keys_of({&first, &next}) ==
        std::map<VerifyKey, VerifyKey>{{authors().her_next.verify_key(), authors().her.verify_key()}});
  CHECK(first_keys_of({&first, &forged}).empty());
  CHECK(first_keys_of({&next}).empty());
}

TEST_CASE("what is kept of a report that was held comes back as it was, and damaged not at all") {
  auto report = report_of(1, authors().her, {"ada"});
  report.has_no_key = true;
  report.match_seed = {1, 2, 3};
  report.disproved = {{Digest{7}, Day(20'001)}};
  report.by_author->releases = {{id_of(4), {9}}, {id_of(5), {8}}};
  const auto parsed = [](json::Object object) {
    const json::Value value{std::move(object)};
    return parse_known_report(*json::Fields::of(value, "x"));
  };
  const auto again = parsed(to_json(report));
  REQUIRE(again);
  CHECK(again->has_no_key);
  CHECK(again->match_seed == report.match_seed);
  CHECK(again->disproved == report.disproved);
  CHECK(again->by_author->releases == report.by_author->releases);
  CHECK_FALSE(parsed(to_json(report_of(1, authors().her, {"ada"})))->match_seed);
  for (const auto* field : {"match_seed", "disproved"}) {
    json::Object damaged = to_json(report);
    for (json::Member& member : damaged)
      if (member.name == field) member.value = json::Value{std::string("AAAA")};
    CHECK_FALSE(parsed(std::move(damaged)));
  }
}

TEST_CASE("what is kept of cases comes back as it was, and with another key not at all") {
  const test::TemporaryFolder folder;
  KeyFile key;
  key.name = "candour/caseworker/ada";
  key.signing_seed = Secret<32>::make_random();
  auto copy = DeskCopy::load(folder.path("ada"), key);
  REQUIRE(copy);
  CHECK(copy->reports().empty());
  auto report = succession(7, authors().her);
  report.by_author->accused = {{"surname", "O\"Neil\n"}};
  report.by_author->danger = true;
  report.gone = Day(20'002);
  copy->put(report);
  copy->put(KnownReport{.id = id_of(8),
                        .arrived = Day(20'000),
                        .trouble = "It is damaged.",
                        .by_author = {},
                        .shared = {},
                        .tried_on = {},
                        .tried_with = 0});
  const KnownReport waiting{
      .id = id_of(9),
      .arrived = Day(20'000),
      .trouble = {},
      .by_author = {},
      .shared = SharedKey{.needs = 2,
                          .header_sha256 = Digest{1},
                          .commitments = {{1, Digest{2}}, {255, Digest{3}}},
                          .own = SharedKey::Own{.x = 255, .share = {4}, .audience_sha256 = Digest{5}}},
      .tried_on = Day(20'001),
      .tried_with = 3};
  copy->put(waiting);
  const EventId event{{5}};
  copy->put(event, {.day = Day(20'002), .note = "a note\nof lines\n", .is_over = false});
  const EventId over{{6}};
  copy->put(over, {.day = Day(20'001), .note = {}, .is_over = true});
  copy->set_kept_on(Day(20'003));
  CHECK(!copy->has_companions());
  copy->set_has_companions(true);
  REQUIRE(copy->save());
  const auto again = DeskCopy::load(folder.path("ada"), key);
  REQUIRE(again);
  CHECK(again->kept_on() == Day(20'003));
  CHECK(again->has_companions());
  CHECK(again->events().at(event).note == "a note\nof lines\n");
  CHECK(!again->events().at(event).is_over);
  CHECK(again->events().at(over).is_over);
  const auto text = [](const KnownReport& known) {
    return json::encode(json::Value{to_json(known)}, json::Layout::compact);
  };
  CHECK(text(again->reports().at(id_of(7))) == text(report));
  CHECK(again->reports().at(id_of(8)).trouble == "It is damaged.");
  CHECK(text(again->reports().at(id_of(9))) == text(waiting));
  CHECK(again->reports().at(id_of(9)).waits());
  KeyFile other;
  other.name = key.name;
  other.signing_seed = Secret<32>::make_random();
  CHECK(!DeskCopy::load(folder.path("ada"), other));
}

}  // namespace candour::cli
