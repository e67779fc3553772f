// SPDX-License-Identifier: AGPL-3.0-or-later
// Whoever sends what is wrong is named, as far as it can be known, and spoils nothing for anybody else.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "people.h"

using namespace candour;
using namespace candour::matching;
using test::Author;
using test::objections_to;
using test::opened;
using test::opens_to;
using test::put_share;
using test::slot_of;

namespace {

const Author ann("ann");
const Author bea("bea");
const Author mallory("mallory");
const Author minion("minion");
const test::Wish held_for_two{.names = {"x"}, .held = Threshold::two};
const test::Wish held_for_three{.names = {"x"}, .held = Threshold::three};

MatchResult match(const std::vector<VerifiedCompanion>& companions) {
  return match_companions(companions, test::reader());
}

oprf::Scalar number(std::uint8_t value) { return oprf::Scalar::from_number(value); }
oprf::SecretScalar secret(std::uint8_t value) {
  return oprf::SecretScalar::parse(number(value).bytes()).value();
}
oprf::Scalar point_of(const Author& author) { return match_point(author.key.verify_key()).value(); }

// Under the tag of "x", whose root its author need not know: the other commitment is made to fit her share.
void fit_share(const Author& author, Slot& slot, std::uint8_t share) {
  const auto tag = MatchPolynomial::from_output(Threshold::two, test::output_of("x"))->commitments().front();
  const auto minus_one = oprf::Scalar() - number(1);
  const auto rest = oprf::Element::generator_times(number(share)) + minus_one * tag;
  put_share(slot, Threshold::two, number(share), {tag, invert(point_of(author)) * rest});
}

// A share of a polynomial with the right root and a wrong coefficient, by who knows the name.
void put_wrong_polynomial(const Author& author, Slot& slot) {
  const auto right = MatchPolynomial::from_output(Threshold::two, test::output_of("x")).value();
  std::vector<oprf::SecretScalar> values;
  values.push_back(oprf::SecretScalar::parse(right.root().reveal()).value());
  values.push_back(secret(5));
  const std::vector powers{number(1), point_of(author)};
  put_share(slot, Threshold::two, oprf::Scalar::parse(oprf::weighted_sum(powers, values)->reveal()).value(),
            {right.commitments().front(), oprf::Element::generator_times(number(5))});
}

// So that what is tried here is the part for two alone.
void name_nobody_for_three(const Author& author, Slot& slot) {
  const auto other = MatchPolynomial::from_output(Threshold::three, oprf::Output::make_random()).value();
  put_share(slot, Threshold::three, other.share_at(point_of(author))->value, other.commitments());
}

}  // namespace

TEST_CASE("Poison: a share, a commitment or an encoding that is wrong names its author and no other") {
  struct Spoiled {
    const char* what;
    std::function<void(Companion&)> spoil;
  };
  const auto set = [](std::size_t at, std::size_t count, std::uint8_t value) {
    return [=](Companion& companion) {
      std::fill_n(slot_of(companion, "x").bytes.begin() + static_cast<std::ptrdiff_t>(at), count, value);
    };
  };
  const std::vector<Spoiled> all{
      {"y", [](Companion& c) { slot_of(c, "x").bytes[64] ^= 1; }},
      {"y is not below q", set(64, 32, 0xFF)},
      {"y is 0", set(64, 32, 0)},
      {"V is no element", set(32, 32, 0xFF)},
      {"V is the identity", set(32, 32, 0)},
      {"V is another element",
       [](Companion& c) {
         std::ranges::copy(oprf::Element::generator_times(number(3)).bytes(),
                           slot_of(c, "x").bytes.begin() + 32);
       }},
      {"a share of another author", [](Companion& c) {
         const auto of_bea =
             MatchPolynomial::from_output(Threshold::two, test::output_of("x"))->share_at(point_of(bea));
         std::ranges::copy(of_bea->value.bytes(), slot_of(c, "x").bytes.begin() + 64);
       }}};
  for (const Spoiled& one : all) {
    INFO(one.what);
    const auto poisoned = mallory.send(held_for_two, [&](Companion& c) {
      name_nobody_for_three(mallory, slot_of(c, "x"));
      one.spoil(c);
    });
    const std::vector sent{poisoned, ann.send(held_for_two), bea.send(held_for_two)};
    const auto result = match(sent);
    CHECK(objections_to(result, poisoned) == std::vector{Objection::poisoned});
    CHECK(result.objected.size() == 1);
    REQUIRE(result.matches.size() == 1);
    CHECK(result.matches[0].companions.size() == 2);
    CHECK(opens_to(opened(result, sent[1]), ann));
    CHECK(opens_to(opened(result, sent[2]), bea));
    CHECK(opened(result, poisoned) == nullptr);
    // With nobody else, it is no match.
    CHECK(match({poisoned, sent[1]}).matches.empty());
  }
}

TEST_CASE("Poison: a tag that is no element, shared by those who agree on it, names both") {
  const auto no_element = [](Companion& c) { std::fill_n(c.slots[0].bytes.begin(), 32, std::uint8_t{0xEE}); };
  const std::vector sent{mallory.send(held_for_two, no_element), minion.send(held_for_two, no_element)};
  const auto result = match(sent);
  for (const VerifiedCompanion& one : sent)
    CHECK(objections_to(result, one) == std::vector{Objection::poisoned});
}

TEST_CASE("Poison: the other slots of who poisoned one still count") {
  const test::Wish two_names{.names = {"x", "y"}, .held = Threshold::two};
  const auto poisoned = mallory.send(two_names, [](Companion& c) { slot_of(c, "x").bytes[64] ^= 1; });
  const auto other = ann.send(two_names);
  const auto result = match({poisoned, other});
  CHECK(objections_to(result, poisoned) == std::vector{Objection::poisoned});
  CHECK(result.matches.size() == 1);
  CHECK(opens_to(opened(result, other), ann));
  CHECK(opens_to(opened(result, poisoned), mallory));
}

TEST_CASE("Poison: a wrong commitment that fits its share disagrees with one, and is named once two agree") {
  const auto wrong = mallory.send(held_for_two, [](Companion& c) {
    name_nobody_for_three(mallory, slot_of(c, "x"));
    fit_share(mallory, slot_of(c, "x"), 9);
  });
  const auto right = ann.send(held_for_two);
  auto result = match({wrong, right});
  CHECK(result.matches.empty());
  CHECK(result.opened.empty());
  CHECK(objections_to(result, wrong) == std::vector{Objection::disagrees});
  CHECK(objections_to(result, right) == std::vector{Objection::disagrees});
  const auto second = bea.send(held_for_two);
  result = match({wrong, right, second});
  CHECK(objections_to(result, wrong) == std::vector{Objection::wrong_commitments});
  CHECK(result.objected.size() == 1);
  REQUIRE(result.matches.size() == 1);
  CHECK(opens_to(opened(result, right), ann));
  CHECK(opens_to(opened(result, second), bea));
  CHECK(opened(result, wrong) == nullptr);
}

TEST_CASE("Poison: two who agree on a wrong polynomial are named, though they are more, and open nobody's") {
  const auto spoil = [](const Author& author) {
    return [&author](Companion& c) {
      name_nobody_for_three(author, slot_of(c, "x"));
      put_wrong_polynomial(author, slot_of(c, "x"));
    };
  };
  const auto first = mallory.send(held_for_two, spoil(mallory));
  const auto other = minion.send(held_for_two, spoil(minion));
  const auto right = ann.send(held_for_two);
  auto result = match({first, other, right});
  CHECK(result.matches.empty());
  CHECK(result.opened.empty());
  for (const auto* wrong : {&first, &other})
    CHECK(objections_to(result, *wrong) == std::vector{Objection::wrong_commitments});
  CHECK(objections_to(result, right).empty());
  result = match({first, other, right, bea.send(held_for_two)});
  REQUIRE(result.matches.size() == 1);
  CHECK(result.matches[0].companions.size() == 2);
  CHECK(opens_to(opened(result, right), ann));
}

TEST_CASE("Poison: what is spoiled for three helps two, and is told of") {
  const auto poisoned = mallory.send(held_for_three, [](Companion& c) { slot_of(c, "x").bytes[192] ^= 1; });
  const std::vector sent{poisoned, ann.send(held_for_two), bea.send(held_for_three)};
  const auto result = match(sent);
  REQUIRE(result.matches.size() == 1);
  CHECK(result.matches[0].companions.size() == 3);
  CHECK(objections_to(result, poisoned) == std::vector{Objection::poisoned});
  CHECK(result.opened.size() == 1);
  CHECK(opens_to(opened(result, sent[1]), ann));
}

TEST_CASE(
    "Poison: a garbage wrap is named once both roots are known, not before, and opens for nobody else less") {
  const auto spoil = [](Companion& c) { slot_of(c, "x").bytes.back() ^= 1; };
  std::vector sent{mallory.send(held_for_two, spoil), ann.send(held_for_two)};
  auto result = match(sent);
  CHECK(result.matches.size() == 1);
  CHECK(result.objected.empty());
  CHECK(opened(result, sent[0]) == nullptr);
  CHECK(opens_to(opened(result, sent[1]), ann));
  sent.push_back(bea.send(held_for_three));
  result = match(sent);
  CHECK(objections_to(result, sent[0]) == std::vector{Objection::wrong_wrap});
  CHECK(result.objected.size() == 1);
  CHECK(opened(result, sent[0]) == nullptr);
  CHECK(opens_to(opened(result, sent[2]), bea));
}

TEST_CASE("Poison: two match secrets in one companion, or a contact that is no text, are told of") {
  const test::Wish two_names{.names = {"x", "y"}, .held = Threshold::two};
  const auto put_wrap = [](Companion& c, std::string_view name, const MatchSecret& secret) {
    const auto polynomial = MatchPolynomial::from_output(Threshold::two, test::output_of(name)).value();
    std::ranges::copy(wrap_secret(polynomial.root(), c, secret), slot_of(c, name).bytes.end() - wrap_bytes);
  };
  const auto twofold =
      mallory.send(two_names, [&](Companion& c) { put_wrap(c, "y", MatchSecret::make_random()); });
  const auto hers = ann.send(two_names);
  auto result = match({twofold, hers});
  CHECK(objections_to(result, twofold) == std::vector{Objection::wrong_wrap});
  CHECK(opened(result, twofold) == nullptr);
  CHECK(opens_to(opened(result, hers), ann));
  const auto no_text = mallory.send(two_names, [&](Companion& c) {
    const auto secret = MatchSecret::make_random();
    for (const std::string_view name : {"x", "y"}) put_wrap(c, name, secret);
    c.contact = seal_contact(secret, std::string_view("a\0b", 3));
  });
  result = match({no_text, hers});
  CHECK(objections_to(result, no_text) == std::vector{Objection::wrong_wrap});
  CHECK_FALSE(opened(result, no_text)->contact);
}
