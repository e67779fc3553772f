// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/oprf/scalar.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <utility>
#include <vector>

#include "tests/unit/crypto/oprf/support.h"

using namespace candour;
using namespace candour::oprf;

TEST_CASE("Scalars: a secret hash becomes what a public one becomes, but never 0") {
  Secret<64> wide = Secret<64>::make_random();
  CHECK(Scalar::parse(SecretScalar::reduce(wide)->reveal()).value() == Scalar::reduce(wide.reveal()));
  std::ranges::fill(wide.writable(), std::uint8_t{0});
  CHECK(SecretScalar::reduce(wide).error().code == Errc::malformed);
  const Bytes order = bytes_of("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  std::ranges::copy(order, wide.writable().begin());
  CHECK(SecretScalar::reduce(wide).error().code == Errc::malformed);
}

TEST_CASE("Scalars: weighted sums of secret ones, but never 0") {
  const Scalar two = Scalar::from_number(2);
  const Scalar five = Scalar::from_number(5);
  std::vector<SecretScalar> values;
  for (int i = 0; i < 2; ++i) values.push_back(SecretScalar::make_random());
  const auto in_group = [](const Scalar& factor, const SecretScalar& value) {
    return factor * Element::generator_times(value);
  };
  const std::vector weights{two, five};
  CHECK(Element::generator_times(weighted_sum(weights, values).value()) ==
        in_group(two, values[0]) + in_group(five, values[1]));
  const std::vector against{Scalar::parse(values[1].reveal()).value(),
                            Scalar() - Scalar::parse(values[0].reveal()).value()};
  CHECK(weighted_sum(against, values).error().code == Errc::malformed);
}
