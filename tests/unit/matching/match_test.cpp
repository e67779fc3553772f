// SPDX-License-Identifier: AGPL-3.0-or-later
// Reports that name the same person find each other, and open as their authors wanted; nothing else does.
#include "matching/match.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "people.h"

using namespace candour;
using namespace candour::matching;
using test::Author;
using test::objections_to;
using test::opened;
using test::opens_to;

namespace {

const Author ann("ann");
const Author bea("bea");
const Author cat("cat");

std::vector<VerifyKey> keys_of(std::vector<const Author*> authors) {
  std::vector<VerifyKey> keys;
  for (const Author* author : authors) keys.push_back(author->key.verify_key());
  std::ranges::sort(keys);
  return keys;
}

MatchResult match(const std::vector<VerifiedCompanion>& companions,
                  const MatchReader& reader = test::reader()) {
  return match_companions(companions, reader);
}

}  // namespace

TEST_CASE("Matching: two who share one identifier among several match, and both held reports open") {
  const std::vector sent{ann.send({.names = {"p", "q", "x"}, .held = Threshold::two}),
                         bea.send({.names = {"x", "r", "s", "t"}, .held = Threshold::two}),
                         cat.send({.names = {"u", "v"}, .held = Threshold::two})};
  const auto result = match(sent);
  REQUIRE(result.matches.size() == 1);
  CHECK(result.matches[0].authors == keys_of({&ann, &bea}));
  std::vector expected{sent[0].name(), sent[1].name()};
  std::ranges::sort(expected);
  CHECK(result.matches[0].companions == expected);
  CHECK(result.opened.size() == 2);
  CHECK(opens_to(opened(result, sent[0]), ann));
  CHECK(opens_to(opened(result, sent[1]), bea));
  CHECK(opened(result, sent[0])->contact == std::nullopt);
  CHECK(opened(result, sent[2]) == nullptr);
  CHECK(result.objected.empty());
}

TEST_CASE("Matching: two identifiers that the same authors share are one match; other authors are another") {
  const std::vector sent{ann.send({.names = {"x", "y"}, .held = Threshold::two}),
                         bea.send({.names = {"y", "x", "z"}, .held = Threshold::two}),
                         cat.send({.names = {"z"}, .held = {}})};
  const auto result = match(sent);
  CHECK(result.matches.size() == 2);
  CHECK(std::ranges::count(result.matches, keys_of({&ann, &bea}), &Match::authors) == 1);
  CHECK(std::ranges::count(result.matches, keys_of({&bea, &cat}), &Match::authors) == 1);
  CHECK(result.opened.size() == 3);
}

TEST_CASE("Matching: one author is no match, however often she reports, and shares of hers give nothing") {
  Author again("ann");
  again.report.bytes[0] ^= 1;
  const std::vector sent{ann.send({.names = {"x"}, .held = Threshold::two}),
                         again.send({.names = {"x"}, .held = Threshold::two}),
                         ann.send({.names = {"x"}, .held = Threshold::two})};
  const auto result = match(sent);
  CHECK(result.matches.empty());
  CHECK(result.opened.empty());
  CHECK(result.objected.empty());
  // By force: her shares are one share.
  const auto point = match_point(ann.key.verify_key()).value();
  std::vector<MatchShare> shares;
  for (const VerifiedCompanion& one : sent) {
    Companion companion = one.companion();
    const Slot& slot = test::slot_of(companion, "x");
    shares.push_back({point, oprf::Scalar::parse(slot.share(Threshold::two)).value()});
  }
  CHECK(shares[0].value == shares[1].value);
  shares.pop_back();
  const auto forced = join_shares(shares);
  const auto root = MatchPolynomial::from_output(Threshold::two, test::output_of("x"));
  CHECK_FALSE((forced && std::ranges::equal(forced->reveal(), root->root().reveal())));
}

TEST_CASE("Matching: all reports of an author are in the match, and she counts once") {
  Author again("ann");
  again.report.bytes[0] ^= 1;
  const std::vector sent{ann.send({.names = {"x"}, .held = Threshold::two}),
                         again.send({.names = {"x"}, .held = Threshold::three}),
                         bea.send({.names = {"x"}, .held = Threshold::three})};
  const auto result = match(sent);
  REQUIRE(result.matches.size() == 1);
  CHECK(result.matches[0].companions.size() == 3);
  CHECK(result.opened.size() == 1);
  CHECK(opens_to(opened(result, sent[0]), ann));
}

TEST_CASE("Matching: who follows another codename counts as one with it") {
  const std::vector sent{ann.send({.names = {"x"}, .held = Threshold::two}),
                         bea.send({.names = {"x"}, .held = Threshold::two})};
  MatchReader knows = test::reader();
  knows.first_keys.emplace(bea.key.verify_key(), ann.key.verify_key());
  CHECK(match(sent, knows).matches.empty());
  CHECK(match(sent, knows).opened.empty());
  CHECK(match(sent).matches.size() == 1);
  auto with_another = sent;
  with_another.push_back(cat.send({.names = {"x"}, .held = Threshold::three}));
  const auto result = match(with_another, knows);
  REQUIRE(result.matches.size() == 1);
  CHECK(result.matches[0].authors == keys_of({&ann, &cat}));
  CHECK(result.matches[0].companions.size() == 3);
  CHECK(opened(result, with_another[2]) == nullptr);
}

TEST_CASE("Matching: who waits for three opens with three, and helps two") {
  std::vector sent{ann.send({.names = {"x"}, .held = Threshold::two}),
                   bea.send({.names = {"x"}, .held = Threshold::three})};
  auto result = match(sent);
  CHECK(result.matches.size() == 1);
  CHECK(result.opened.size() == 1);
  CHECK(opens_to(opened(result, sent[0]), ann));
  CHECK(opened(result, sent[1]) == nullptr);
  CHECK(result.objected.empty());
  sent.push_back(cat.send({.names = {"x"}, .held = {}}));
  result = match(sent);
  REQUIRE(result.matches.size() == 1);
  CHECK(result.matches[0].authors == keys_of({&ann, &bea, &cat}));
  CHECK(opens_to(opened(result, sent[1]), bea));
  CHECK(opened(result, sent[1])->threshold == Threshold::three);
  REQUIRE(opened(result, sent[2]) != nullptr);
  CHECK_FALSE(opened(result, sent[2])->identity_seed);
  CHECK(result.objected.empty());
}

TEST_CASE("Matching: where the author is asked first, her words open, and her report once she releases it") {
  const std::vector sent{
      ann.send({.names = {"x"}, .held = Threshold::two, .contact = "Ring 000.\nNot on Fridays."}),
      bea.send({.names = {"x"}, .held = {}})};
  MatchReader knows = test::reader();
  CHECK(opened(match(sent), sent[0])->contact == "Ring 000.\nNot on Fridays.");
  CHECK_FALSE(opened(match(sent), sent[0])->identity_seed);
  HandedOver hers;
  std::ranges::copy(ann.release.reveal(), hers.begin());
  // Another's release for her report is none, whatever it is; and a wrong one of hers is not in the way of the right one.
  knows.releases.emplace(std::pair(ann.report, bea.key.verify_key()), hers);
  knows.releases.emplace(std::pair(ann.report, ann.key.verify_key()), HandedOver{});
  CHECK_FALSE(opened(match(sent, knows), sent[0])->identity_seed);
  knows.releases.emplace(std::pair(ann.report, ann.key.verify_key()), hers);
  CHECK(opens_to(opened(match(sent, knows), sent[0]), ann));
  // After a succession she hands it over under another codename.
  knows.releases.clear();
  knows.releases.emplace(std::pair(ann.report, cat.key.verify_key()), hers);
  CHECK_FALSE(opened(match(sent, knows), sent[0])->identity_seed);
  knows.first_keys.emplace(ann.key.verify_key(), cat.key.verify_key());
  CHECK(opens_to(opened(match(sent, knows), sent[0]), ann));
  // A release alone opens nothing.
  CHECK(match({sent[0]}, knows).opened.empty());
}

TEST_CASE("Matching: nobody is told of an excluded reader's, another key's or another author's companion") {
  const auto left_out =
      ann.send({.names = {"x"}, .held = Threshold::two, .excluded = {test::caseworker("ada")}});
  const auto for_bo =
      ann.send({.names = {"x"}, .held = Threshold::two, .excluded = {test::caseworker("bo")}});
  const auto other_key = ann.send({.names = {"x"}, .held = Threshold::two}, [](Companion& companion) {
    companion.evaluation_key = oprf::Element::generator_times(oprf::Scalar::from_number(78)).bytes();
  });
  const auto hers = bea.send({.names = {"x"}, .held = Threshold::two});
  auto result = match({left_out, hers});
  CHECK(result.matches.empty());
  CHECK(result.opened.empty());
  CHECK(objections_to(result, left_out) == std::vector{Objection::excludes_reader});
  result = match({other_key, hers});
  CHECK(result.matches.empty());
  CHECK(objections_to(result, other_key) == std::vector{Objection::another_key});
  CHECK(match({for_bo, hers}).matches.size() == 1);
  MatchReader knows = test::reader();
  knows.authors.emplace(ann.report, cat.key.verify_key());
  result = match({for_bo, hers}, knows);
  CHECK(result.matches.empty());
  CHECK(objections_to(result, for_bo) == std::vector{Objection::not_the_author});
  knows.authors.clear();
  knows.authors.emplace(ann.report, ann.key.verify_key());
  CHECK(match({for_bo, hers}, knows).matches.size() == 1);
}

TEST_CASE("Matching: a second companion for her report shuts nobody out, by whomever it is") {
  Author mallory("mallory");
  mallory.report = ann.report;
  const auto hers = ann.send({.names = {"x"}, .held = Threshold::two});
  const auto forced = ann.send({.names = {"elsewhere"}, .held = {}});
  const auto stolen = mallory.send({.names = {"nowhere"}, .held = {}});
  const auto other = bea.send({.names = {"x"}, .held = Threshold::two});
  const auto result = match({forced, hers, hers, stolen, other});
  REQUIRE(result.matches.size() == 1);
  CHECK(result.matches[0].companions.size() == 2);
  CHECK(opens_to(opened(result, hers), ann));
  CHECK(result.objected.empty());
}

TEST_CASE("Matching: what nobody shares stays shut, whatever else is there") {
  std::vector<VerifiedCompanion> sent;
  for (int i = 0; i < 12; ++i) {
    const std::string own = std::to_string(i);
    sent.push_back(Author("author " + own).send({.names = {"a" + own, "b" + own}, .held = Threshold::two}));
  }
  const auto result = match(sent);
  CHECK(result.matches.empty());
  CHECK(result.opened.empty());
  // Nor does a root of anybody else's open it.
  sent.push_back(ann.send({.names = {"a0"}, .held = Threshold::two}));
  CHECK(match(sent).opened.size() == 2);
  for (const VerifiedCompanion& one : std::span(sent).subspan(1, 11))
    for (const Slot& slot : one->slots)
      CHECK_FALSE(unwrap_secret(MatchPolynomial::from_output(Threshold::two, test::output_of("a0"))->root(),
                                one.companion(), slot));
}
