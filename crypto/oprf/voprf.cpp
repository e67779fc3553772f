// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/oprf/voprf.h"

namespace candour::oprf {
namespace {

Result<BlindedBatch> parse_elements(ByteView bytes) {
  BlindedBatch elements;
  for (std::size_t i = 0; i < batch_elements; ++i) {
    const auto element = Element::parse(bytes.subspan(i * element_bytes, element_bytes));
    if (!element) return fail(element);
    elements[i] = *element;
  }
  return elements;
}

Bytes encode_elements(std::span<const Element> elements) {
  Bytes bytes;
  for (const Element& element : elements) append(bytes, element.bytes());
  return bytes;
}

}  // namespace

Result<Blinded> blind(std::span<const std::uint8_t> input, const ScalarSource& random) {
  const auto place = hash_to_group(Mode::voprf, input);
  if (!place) return fail(place);
  SecretScalar factor = random();
  const Element element = place->blinded_by(factor);
  return Blinded{std::move(factor), element};
}

Result<BlindedBatch> parse_blinded_batch(ByteView bytes) {
  if (bytes.size() != blinded_batch_bytes)
    return fail(Errc::malformed, "What is asked of a key holder is eight elements, 256 bytes.");
  return parse_elements(bytes);
}

Bytes encode_blinded_batch(const BlindedBatch& batch) { return encode_elements(batch); }

Result<Evaluation> evaluate(const Key& key, std::span<const Element> blinded, const ScalarSource& random) {
  if (blinded.empty() || blinded.size() > batch_elements)
    return fail(Errc::refused, "A key holder evaluates one to eight elements at a time.");
  std::vector<Element> elements;
  for (const Element& element : blinded) elements.push_back(key.secret() * element);
  const Proof proof = prove(key.secret(), key.public_key(), blinded, elements, random());
  return Evaluation{std::move(elements), proof};
}

Result<Evaluation> parse_evaluation(ByteView bytes) {
  if (bytes.size() != evaluation_bytes)
    return fail(Errc::malformed, "What a key holder answers is eight elements and a proof, 320 bytes.");
  const auto elements = parse_elements(bytes.first<blinded_batch_bytes>());
  if (!elements) return fail(elements);
  const auto proof = parse_proof(bytes.last<proof_bytes>());
  if (!proof) return fail(proof);
  return Evaluation{{elements->begin(), elements->end()}, *proof};
}

Bytes encode_evaluation(const Evaluation& evaluation) {
  Bytes bytes = encode_elements(evaluation.elements);
  append_proof(bytes, evaluation.proof);
  return bytes;
}

Result<Evaluated> verify_evaluation(const Element& public_key, std::span<const Element> blinded,
                                    const Evaluation& evaluation) {
  const bool is_key_zero = public_key == Element();  // for which every proof holds
  if (is_key_zero || blinded.empty() || !verify(evaluation.proof, public_key, blinded, evaluation.elements))
    return fail(Errc::not_authentic,
                "A key holder's answer was not made with the key that the roster names.");
  return Evaluated(evaluation.elements);
}

Output finalize(std::span<const std::uint8_t> input, const SecretScalar& blind, const Evaluated& evaluated,
                std::size_t at) {
  return hash_for_output(input, SecretElement::unblind(blind, evaluated.elements()[at]));
}

}  // namespace candour::oprf
