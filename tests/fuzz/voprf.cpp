// SPDX-License-Identifier: AGPL-3.0-or-later
// What is asked of a key holder, and what it answers: one meaning, one form; a batch that is read is answered with a proof that holds, and an
// answer is believed only if its elements are what the key gives.
#include <cstdlib>

#include "crypto/core/init.h"
#include "crypto/oprf/voprf.h"

using namespace candour;
using namespace candour::oprf;

namespace {

const Key& fuzzed_key() {
  static const Key key = [] {
    if (!init_crypto()) std::abort();
    return Key(SecretScalar::parse(Scalar::from_number(7).bytes()).value());
  }();
  return key;
}

BlindedBatch sent_batch() {
  BlindedBatch batch;
  for (std::size_t i = 0; i < batch.size(); ++i)
    batch.at(i) = Element::generator_times(Scalar::from_number(static_cast<std::uint8_t>(i + 1)));
  return batch;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Key& key = fuzzed_key();
  const ByteView input(data, size);
  if (const auto batch = parse_blinded_batch(input)) {
    if (encode_blinded_batch(*batch) != Bytes(input.begin(), input.end())) std::abort();
    if (!verify_evaluation(key.public_key(), *batch, evaluate(key, *batch).value())) std::abort();
  }
  if (const auto evaluation = parse_evaluation(input)) {
    if (encode_evaluation(*evaluation) != Bytes(input.begin(), input.end())) std::abort();
    static const BlindedBatch batch = sent_batch();
    const auto believed = verify_evaluation(key.public_key(), batch, *evaluation);
    for (std::size_t i = 0; believed && i < batch.size(); ++i)
      if (believed->elements()[i] != key.secret() * batch.at(i)) std::abort();
  }
  return 0;
}
