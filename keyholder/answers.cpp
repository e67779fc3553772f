// SPDX-License-Identifier: AGPL-3.0-or-later
#include "keyholder/answers.h"

#include "protocol/limits.h"

namespace candour::keyholder {

HolderAnswer answer_batch(const oprf::Key& key, ByteView batch) {
  HolderAnswer answer{.batch = sha256(batch), .evaluation = Bytes(oprf::evaluation_bytes)};
  const auto blinded = oprf::parse_blinded_batch(batch);
  if (!blinded) return answer;
  const auto evaluation = oprf::evaluate(key, *blinded);
  if (evaluation) answer.evaluation = oprf::encode_evaluation(*evaluation);
  return answer;
}

Result<std::vector<ByteView>> split_batches(ByteView body) {
  if (body.size() % oprf::blinded_batch_bytes != 0 ||
      body.size() > limits::batches_read_max * oprf::blinded_batch_bytes)
    return fail(Errc::malformed, "the server's answer is no list of batches.");
  std::vector<ByteView> batches;
  for (std::size_t at = 0; at < body.size(); at += oprf::blinded_batch_bytes)
    batches.push_back(body.subspan(at, oprf::blinded_batch_bytes));
  return batches;
}

}  // namespace candour::keyholder
