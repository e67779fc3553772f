// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/oprf/dleq.h"

#include <array>
#include <vector>

#include "crypto/oprf/hash_to_group.h"

namespace candour::oprf {
namespace {

// One for each pair, unforeseeable before all of them are fixed.
std::vector<Scalar> weights_of(const Element& public_key, std::span<const Element> blinded,
                               std::span<const Element> evaluated) {
  const auto seed = hash_for_seed(Mode::voprf, public_key);
  std::vector<Scalar> weights;
  for (std::size_t i = 0; i < blinded.size(); ++i) {
    Bytes transcript;
    append_sized(transcript, seed);
    append(transcript, std::array{static_cast<std::uint8_t>(i >> 8U), static_cast<std::uint8_t>(i)});
    append_sized(transcript, blinded[i].bytes());
    append_sized(transcript, evaluated[i].bytes());
    append(transcript, as_bytes("Composite"));
    weights.push_back(hash_to_scalar(Mode::voprf, transcript));
  }
  return weights;
}

// The sums of both sides, and what the prover commits itself to about each.
Scalar challenge_of(const Element& public_key, const Element& blinded_sum, const Element& evaluated_sum,
                    const Element& commitment, const Element& sum_commitment) {
  Bytes transcript;
  for (const Element* element : {&public_key, &blinded_sum, &evaluated_sum, &commitment, &sum_commitment})
    append_sized(transcript, element->bytes());
  append(transcript, as_bytes("Challenge"));
  return hash_to_scalar(Mode::voprf, transcript);
}

}  // namespace

Result<Proof> parse_proof(ByteView bytes) {
  if (bytes.size() != proof_bytes) return fail(Errc::malformed, "A proof is 64 bytes.");
  const auto challenge = Scalar::parse(bytes.first<scalar_bytes>());
  if (!challenge) return fail(challenge);
  const auto response = Scalar::parse(bytes.last<scalar_bytes>());
  if (!response) return fail(response);
  return Proof{*challenge, *response};
}

void append_proof(Bytes& out, const Proof& proof) {
  append(out, proof.challenge.bytes());
  append(out, proof.response.bytes());
}

Proof prove(const SecretScalar& key, const Element& public_key, std::span<const Element> blinded,
            std::span<const Element> evaluated, const SecretScalar& random_scalar) {
  const Element sum = weighted_sum(weights_of(public_key, blinded, evaluated), blinded);
  const Scalar challenge =
      challenge_of(public_key, sum, key * sum, Element::generator_times(random_scalar), random_scalar * sum);
  return {challenge, random_scalar.minus_product(challenge, key)};
}

bool verify(const Proof& proof, const Element& public_key, std::span<const Element> blinded,
            std::span<const Element> evaluated) {
  if (blinded.size() != evaluated.size()) return false;
  const auto weights = weights_of(public_key, blinded, evaluated);
  const Element blinded_sum = weighted_sum(weights, blinded);
  const Element evaluated_sum = weighted_sum(weights, evaluated);
  const Element commitment = Element::generator_times(proof.response) + proof.challenge * public_key;
  const Element sum_commitment = proof.response * blinded_sum + proof.challenge * evaluated_sum;
  return challenge_of(public_key, blinded_sum, evaluated_sum, commitment, sum_commitment) == proof.challenge;
}

}  // namespace candour::oprf
