// SPDX-License-Identifier: AGPL-3.0-or-later
#include "matching/share.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "people.h"

using namespace candour;
using namespace candour::matching;
using test::output_of;

namespace {

MatchPolynomial polynomial(Threshold k, std::string_view identifier = "a name") {
  return MatchPolynomial::from_output(k, output_of(identifier)).value();
}

oprf::Scalar point_of(std::string_view name) {
  return match_point(test::Author(name).key.verify_key()).value();
}

std::vector<MatchShare> shares_of(const MatchPolynomial& polynomial, std::size_t count) {
  std::vector<MatchShare> shares;
  for (std::size_t i = 0; i < count; ++i) {
    const oprf::Scalar point = point_of("author " + std::to_string(i));
    shares.push_back(polynomial.share_at(point).value());
  }
  return shares;
}

oprf::Element tag(const MatchPolynomial& polynomial) { return polynomial.commitments().front(); }

}  // namespace

TEST_CASE("Shares: as many as the threshold give the root, and one too few give something else") {
  for (const Threshold k : thresholds) {
    const auto of_name = polynomial(k);
    CHECK(of_name.commitments().size() == count_of(k));
    const auto joined = join_shares(shares_of(of_name, count_of(k)));
    CHECK(std::ranges::equal(joined->reveal(), of_name.root().reveal()));
    const auto too_few = join_shares(shares_of(of_name, count_of(k) - 1));
    CHECK_FALSE(std::ranges::equal(too_few->reveal(), of_name.root().reveal()));
  }
}

TEST_CASE("Shares: a share is checked by its commitments, whoever's it is") {
  for (const Threshold k : thresholds) {
    const auto commitments = polynomial(k).commitments();
    for (const MatchShare& share : shares_of(polynomial(k), 4)) CHECK(is_share_of(share, commitments));
    const auto others = shares_of(polynomial(k, "another name"), 1);
    CHECK_FALSE(is_share_of(others.front(), commitments));
    const auto both = shares_of(polynomial(k), 2);
    CHECK_FALSE(is_share_of({both[0].point, both[1].value}, commitments));
    auto spoiled = commitments;
    spoiled.back() = spoiled.back() + spoiled.front();
    CHECK_FALSE(is_share_of(shares_of(polynomial(k), 1).front(), spoiled));
  }
}

TEST_CASE("Shares: of one name all the same, of two names and for two thresholds nothing in common") {
  CHECK(polynomial(Threshold::two).commitments() == polynomial(Threshold::two).commitments());
  CHECK(tag(polynomial(Threshold::two)) != tag(polynomial(Threshold::three)));
  CHECK(tag(polynomial(Threshold::two)) != tag(polynomial(Threshold::two, "another name")));
  CHECK(point_of("one") == point_of("one"));
  CHECK(point_of("one") != point_of("two"));
}

TEST_CASE("Shares: everything follows from the root, so that wrong commitments can be told") {
  for (const Threshold k : thresholds) {
    auto root = join_shares(shares_of(polynomial(k), count_of(k)));
    const auto again = MatchPolynomial::from_root(k, std::move(*root));
    CHECK(again->commitments() == polynomial(k).commitments());
  }
}

TEST_CASE("Shares: a point that is 0 or comes twice gives no root, and no crash") {
  const auto of_name = polynomial(Threshold::two);
  auto twice = shares_of(of_name, 1);
  twice.push_back(twice.front());
  CHECK(join_shares(twice).error().code == Errc::malformed);
  CHECK(join_shares({}).error().code == Errc::malformed);
}
