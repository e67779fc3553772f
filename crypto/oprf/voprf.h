// SPDX-License-Identifier: AGPL-3.0-or-later
// The verifiable oblivious pseudorandom function of RFC 9497, ristretto255-SHA512 (docs/spec/matching.md "Blinded evaluation"): the client blinds
// an input, the holder of a key multiplies and proves, the client verifies and finalizes. The holder learns nothing about the input, and the
// client nothing about the key. What came back is an Evaluation until verify_evaluation() or combine() (threshold.h) makes Evaluated of it;
// only that is finalized. Several inputs go in one batch, in what Candour sends always eight. Thread-safe.
#pragma once

#include <array>
#include <span>
#include <utility>
#include <vector>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"
#include "crypto/core/secret.h"
#include "crypto/oprf/dleq.h"
#include "crypto/oprf/group.h"
#include "crypto/oprf/hash_to_group.h"
#include "crypto/oprf/scalar.h"

namespace candour::oprf {

inline constexpr std::size_t batch_elements = 8;
inline constexpr std::size_t blinded_batch_bytes = batch_elements * element_bytes;
inline constexpr std::size_t evaluation_bytes = batch_elements * element_bytes + proof_bytes;

// A key, or a share of one, with its public half. Move-only, wiped.
class Key {
 public:
  explicit Key(SecretScalar secret)
      : secret_(std::move(secret)), public_key_(Element::generator_times(secret_)) {}
  static Key make_random() { return Key(SecretScalar::make_random()); }

  const SecretScalar& secret() const { return secret_; }
  const Element& public_key() const { return public_key_; }

 private:
  SecretScalar secret_;
  Element public_key_;
};

// One input on its way.
struct Blinded {
  SecretScalar blind;  // kept by the client
  Element element;     // sent
};
// Errors as hash_to_group().
Result<Blinded> blind(std::span<const std::uint8_t> input,
                      const ScalarSource& random = SecretScalar::make_random);

using BlindedBatch = std::array<Element, batch_elements>;
// Errc::malformed for another length, and for anything that is no element, the identity too.
Result<BlindedBatch> parse_blinded_batch(ByteView bytes);
Bytes encode_blinded_batch(const BlindedBatch& batch);

class Holders;  // of threshold.h
struct Answer;
struct Combined;

// A holder's answer. Anybody may have written it.
struct Evaluation {
  std::vector<Element> elements;
  Proof proof;
};
// From a key and 1 to batch_elements blinded elements; Errc::refused for another number.
Result<Evaluation> evaluate(const Key& key, std::span<const Element> blinded,
                            const ScalarSource& random = SecretScalar::make_random);
// Of a whole batch. Errc::malformed, as parse_blinded_batch().
Result<Evaluation> parse_evaluation(ByteView bytes);
Bytes encode_evaluation(const Evaluation& evaluation);

// What the key really gives for what was sent. Made by verify_evaluation() and combine() alone.
class Evaluated {
 public:
  std::span<const Element> elements() const { return elements_; }

 private:
  friend Result<Evaluated> verify_evaluation(const Element&, std::span<const Element>, const Evaluation&);
  friend Combined combine(const Holders&, const BlindedBatch&, std::span<const Answer>);
  explicit Evaluated(std::vector<Element> elements) : elements_(std::move(elements)) {}
  std::vector<Element> elements_;
};
// `public_key` is one that the client trusts, never one that came with the answer. Errc::not_authentic.
Result<Evaluated> verify_evaluation(const Element& public_key, std::span<const Element> blinded,
                                    const Evaluation& evaluation);

// The output for the input that was blinded with `blind` and sent in place `at` of the batch, which there must be.
Output finalize(std::span<const std::uint8_t> input, const SecretScalar& blind, const Evaluated& evaluated,
                std::size_t at);

}  // namespace candour::oprf
