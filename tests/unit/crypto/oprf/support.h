// SPDX-License-Identifier: AGPL-3.0-or-later
// What the tests of crypto/oprf share: values from hex, random sources that say what they were told, and batches.
#pragma once

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "crypto/core/encoding.h"
#include "crypto/oprf/voprf.h"

namespace candour::oprf {

inline Bytes bytes_of(std::string_view hex) {
  auto bytes = hex_decode(hex);
  REQUIRE(bytes);
  return *bytes;
}

inline SecretScalar secret_of(std::string_view hex) {
  auto scalar = SecretScalar::parse(bytes_of(hex));
  REQUIRE(scalar);
  return std::move(*scalar);
}

inline ScalarSource always(std::string_view hex) {
  return [text = std::string(hex)] { return secret_of(text); };
}

// Eight inputs on their way, and what the holder gets of them.
struct Sent {
  std::vector<Bytes> inputs;
  std::vector<SecretScalar> blinds;
  BlindedBatch batch;
};
inline Sent send(std::string_view what) {
  Sent sent;
  for (std::size_t i = 0; i < batch_elements; ++i) {
    sent.inputs.push_back({static_cast<std::uint8_t>(i)});
    append(sent.inputs.back(), as_bytes(what));
    auto blinded = blind(sent.inputs.back());
    REQUIRE(blinded);
    sent.batch.at(i) = blinded->element;
    sent.blinds.push_back(std::move(blinded->blind));
  }
  return sent;
}

inline std::vector<std::string> outputs_of(const Sent& sent, const Evaluated& evaluated) {
  REQUIRE(evaluated.elements().size() == sent.inputs.size());
  std::vector<std::string> outputs;
  outputs.reserve(sent.inputs.size());
  for (std::size_t i = 0; i < sent.inputs.size(); ++i)
    outputs.push_back(hex_encode(finalize(sent.inputs[i], sent.blinds[i], evaluated, i).reveal()));
  return outputs;
}

// What the key gives, however it is asked.
inline std::vector<std::string> outputs_of(const Sent& sent, const Key& key) {
  const auto evaluated = verify_evaluation(key.public_key(), sent.batch, evaluate(key, sent.batch).value());
  REQUIRE(evaluated);
  return outputs_of(sent, *evaluated);
}

}  // namespace candour::oprf
