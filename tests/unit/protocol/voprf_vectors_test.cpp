// SPDX-License-Identifier: AGPL-3.0-or-later
// docs/spec/vectors/voprf.json: what another implementation made of keys, shares and a batch, byte for byte.
#include <catch2/catch_test_macros.hpp>

#include "crypto/core/encoding.h"
#include "crypto/oprf/threshold.h"
#include "support.h"

namespace candour::oprf {
namespace {

Bytes bytes_at(const json::Value& object, std::string_view name) {
  return hex_decode(test::text_at(object, name)).value();
}

std::vector<Bytes> list_at(const json::Value& object, std::string_view name) {
  std::vector<Bytes> list;
  for (const json::Value& one : *test::at(object, name).array())
    list.push_back(hex_decode(*one.text()).value());
  return list;
}

SecretScalar secret_of(const Bytes& bytes) { return SecretScalar::parse(bytes).value(); }

// Says these, one after the other.
ScalarSource from_list(const std::vector<Bytes>& list) {
  return [list, next = std::size_t{0}]() mutable { return secret_of(list.at(next++)); };
}

}  // namespace

TEST_CASE(
    "VOPRF vectors: a key is shared out, a batch evaluated by every holder, and any group of them gives the "
    "outputs") {
  const auto vectors = test::read_vectors("voprf.json");
  const auto& cases = *test::at(vectors, "cases").array();
  REQUIRE(cases.size() == 3);
  for (const json::Value& one : cases) {
    const auto coefficients = list_at(one, "coefficients");
    const auto inputs = list_at(one, "inputs");
    const auto blinds = list_at(one, "blinds");
    const auto outputs = list_at(one, "outputs");
    const auto& said = *test::at(one, "holders").array();
    const Key key(secret_of(bytes_at(one, "key")));
    HolderList list{Element::parse(bytes_at(one, "public_key")).value(),
                    static_cast<unsigned>(coefficients.size() + 1),
                    {}};
    CHECK(key.public_key() == list.public_key);

    BlindedBatch batch;
    for (std::size_t i = 0; i < batch.size(); ++i)
      batch.at(i) = blind(inputs.at(i), from_list({blinds.at(i)})).value().element;
    CHECK(encode_blinded_batch(batch) == bytes_at(one, "batch"));

    const auto shares =
        share_key(key, list.threshold, static_cast<unsigned>(said.size()), from_list(coefficients));
    REQUIRE(shares);
    std::vector<Answer> answers;
    for (std::size_t i = 0; i < said.size(); ++i) {
      const HolderShare& share = shares->at(i);
      CHECK(hex_encode(share.key.secret().reveal()) == test::text_at(said[i], "share"));
      list.shares.push_back({share.number, Element::parse(bytes_at(said[i], "public_share")).value()});
      const auto evaluation = evaluate(share.key, batch, from_list({bytes_at(said[i], "random_scalar")}));
      CHECK(encode_evaluation(evaluation.value()) == bytes_at(said[i], "evaluation"));
      answers.push_back({share.number, bytes_at(said[i], "evaluation")});
    }
    const auto holders = check_holders(list);
    REQUIRE(holders);
    for (std::size_t first = 0; first + list.threshold <= answers.size(); ++first) {
      const Combined combined = combine(*holders, batch, std::span(answers).subspan(first, list.threshold));
      CHECK(combined.liars.empty());
      REQUIRE(combined.evaluated);
      Bytes evaluated;
      for (const Element& element : combined.evaluated->elements()) append(evaluated, element.bytes());
      CHECK(evaluated == bytes_at(one, "evaluated"));
      for (std::size_t i = 0; i < inputs.size(); ++i) {
        const Output output = finalize(inputs[i], secret_of(blinds.at(i)), *combined.evaluated, i);
        CHECK(hex_encode(output.reveal()) == hex_encode(outputs.at(i)));
      }
    }
  }
}

}  // namespace candour::oprf
