// SPDX-License-Identifier: AGPL-3.0-or-later
// The published vectors of RFC 9497 for ristretto255-SHA512, as they stand in tests/vectors/.
#include <catch2/catch_test_macros.hpp>

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "crypto/oprf/voprf.h"
#include "tests/unit/crypto/oprf/support.h"

using namespace candour;
using namespace candour::oprf;

namespace {

using Fields = std::map<std::string, std::string>;
struct Vectors {
  Fields keys;
  std::vector<Fields> cases;
};

// Paragraphs of "Name = value". One with Mode begins the vectors of a mode.
std::map<std::string, Vectors> read_vectors() {
  std::ifstream file(CANDOUR_SOURCE_DIR "/tests/vectors/rfc9497_ristretto255.txt");
  REQUIRE(file);
  std::map<std::string, Vectors> modes;
  Fields fields;
  std::string mode;
  const auto end_paragraph = [&] {
    if (fields.contains("Mode")) {
      mode = fields["Mode"];
      modes[mode].keys = fields;
    } else if (!fields.empty()) {
      modes[mode].cases.push_back(fields);
    }
    fields.clear();
  };
  for (std::string line; std::getline(file, line);) {
    if (line.empty()) end_paragraph();
    const std::size_t equals = line.find(" = ");
    if (equals != std::string::npos) fields[line.substr(0, equals)] = line.substr(equals + 3);
  }
  end_paragraph();
  return modes;
}

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> values;
  std::istringstream stream(list);
  for (std::string value; std::getline(stream, value, ',');) values.push_back(value);
  return values;
}

std::string text(const auto& value) { return hex_encode(value.bytes()); }

SecretScalar derived(Mode mode, const Fields& keys) {
  Secret<32> seed;
  REQUIRE(hex_decode_into(keys.at("Seed"), seed.writable()));
  auto key = derive_key(mode, seed, bytes_of(keys.at("KeyInfo")));
  REQUIRE(key);
  CHECK(hex_encode(key->reveal()) == keys.at("skSm"));
  return std::move(*key);
}

}  // namespace

TEST_CASE("OPRF: the vectors of RFC 9497, appendix A.1.1, of what the modes share") {
  const Vectors vectors = read_vectors().at("OPRF");
  REQUIRE(vectors.cases.size() == 2);
  const SecretScalar key = derived(Mode::oprf, vectors.keys);
  for (const Fields& fields : vectors.cases) {
    const Bytes input = bytes_of(fields.at("Input"));
    const SecretScalar blind = secret_of(fields.at("Blind"));
    const Element blinded = hash_to_group(Mode::oprf, input).value().blinded_by(blind);
    CHECK(text(blinded) == fields.at("BlindedElement"));
    const Element evaluated = key * blinded;
    CHECK(text(evaluated) == fields.at("EvaluationElement"));
    const Output output = hash_for_output(input, SecretElement::unblind(blind, evaluated));
    CHECK(hex_encode(output.reveal()) == fields.at("Output"));
  }
}

TEST_CASE("VOPRF: the vectors of RFC 9497, appendix A.1.2, with proofs and a batch") {
  const Vectors vectors = read_vectors().at("VOPRF");
  REQUIRE(vectors.cases.size() == 3);
  const Key key(derived(Mode::voprf, vectors.keys));
  CHECK(text(key.public_key()) == vectors.keys.at("pkSm"));
  std::size_t in_batches = 0;
  for (const Fields& fields : vectors.cases) {
    const auto inputs = split(fields.at("Input"));
    const auto blinds = split(fields.at("Blind"));
    const auto outputs = split(fields.at("Output"));
    in_batches += inputs.size();
    std::vector<Element> batch;
    batch.reserve(inputs.size());
    for (std::size_t i = 0; i < inputs.size(); ++i)
      batch.push_back(blind(bytes_of(inputs[i]), always(blinds.at(i))).value().element);
    const auto evaluation = evaluate(key, batch, always(fields.at("ProofRandomScalar")));
    REQUIRE(evaluation);
    Bytes proof;
    append_proof(proof, evaluation->proof);
    CHECK(hex_encode(proof) == fields.at("Proof"));
    const auto evaluated = verify_evaluation(key.public_key(), batch, *evaluation);
    REQUIRE(evaluated);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      CHECK(text(batch[i]) == split(fields.at("BlindedElement")).at(i));
      CHECK(text(evaluation->elements[i]) == split(fields.at("EvaluationElement")).at(i));
      const Output output = finalize(bytes_of(inputs[i]), secret_of(blinds[i]), *evaluated, i);
      CHECK(hex_encode(output.reveal()) == outputs.at(i));
    }
  }
  CHECK(in_batches == 4);
}
