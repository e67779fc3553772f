// SPDX-License-Identifier: AGPL-3.0-or-later
#include "keyholder/answers.h"

#include <catch2/catch_test_macros.hpp>

using namespace candour;
using namespace candour::keyholder;

TEST_CASE("a batch is answered with a proof, what is none with zeros") {
  const auto key = oprf::Key::make_random();
  oprf::BlindedBatch batch;
  for (auto& element : batch) element = oprf::blind(as_bytes("somebody")).value().element;
  const Bytes sent = oprf::encode_blinded_batch(batch);
  const HolderAnswer answer = answer_batch(key, sent);
  REQUIRE(answer.batch == sha256(sent));
  const auto evaluation = oprf::parse_evaluation(answer.evaluation);
  REQUIRE(evaluation);
  REQUIRE(oprf::verify_evaluation(key.public_key(), batch, *evaluation));

  Bytes garbage = sent;
  std::fill(garbage.end() - 32, garbage.end(), std::uint8_t{0});  // the identity
  REQUIRE(answer_batch(key, garbage).evaluation == Bytes(oprf::evaluation_bytes));
  REQUIRE(answer_batch(key, garbage).batch == sha256(garbage));
}

TEST_CASE("only whole batches are taken, sixteen at the most") {
  REQUIRE(split_batches(Bytes()).value().empty());
  REQUIRE(split_batches(Bytes(2 * 256)).value().size() == 2);
  REQUIRE(split_batches(Bytes(16 * 256)).value().size() == 16);
  REQUIRE_FALSE(split_batches(Bytes(17 * 256)));
  REQUIRE_FALSE(split_batches(Bytes(255)));
}
