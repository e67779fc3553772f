// SPDX-License-Identifier: AGPL-3.0-or-later
// voprf_bench [BATCHES]: what a key holder and a client do for a batch of eight, on one thread, beside the scalar multiplications of libsodium
// that evaluating and proving cannot do without (18 of an element, one of the generator). All take turns in the same run, BATCHES (100) at a
// time, nine times; prints the medians and the ratios, by the clock and by processor time (which tells more on a busy machine).
#include <fmt/core.h>
#include <sodium.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <vector>

#include "crypto/core/init.h"
#include "crypto/oprf/threshold.h"
#include "tests/bench/race.h"

using namespace candour;
using namespace candour::oprf;
using namespace candour::bench;

namespace {

constexpr int rounds = 9;
constexpr int bare_multiplications = 2 * batch_elements + 2;

void print(const Contender& contender, const Contender& bare, unsigned batches) {
  const auto rate = [&](const std::vector<double>& seconds) { return batches / median(seconds); };
  fmt::print("{:34} {:6.0f} batches/s, {:.2f} x bare; processor {:6.0f} batches/s, {:.2f} x bare\n",
             contender.name, rate(contender.seconds), rate(contender.seconds) / rate(bare.seconds),
             rate(contender.processor_seconds),
             rate(contender.processor_seconds) / rate(bare.processor_seconds));
}

}  // namespace

int main(int argc, char** argv) {
  const unsigned batches = argc > 1 ? static_cast<unsigned>(std::strtoul(argv[1], nullptr, 10)) : 100;
  if (!init_crypto() || batches == 0) return 2;

  const Key key = Key::make_random();
  const Bytes input(40, 'x');
  BlindedBatch batch;
  std::vector<SecretScalar> blinds;
  for (Element& element : batch) {
    auto blinded = blind(input);
    if (!blinded) return 1;
    element = blinded->element;
    blinds.push_back(std::move(blinded->blind));
  }
  const auto evaluation = evaluate(key, batch);
  const auto evaluated = verify_evaluation(key.public_key(), batch, *evaluation);
  const auto shares = share_key(key, 2, 3);
  HolderList list{key.public_key(), 2, {}};
  std::vector<Answer> answers;
  for (const HolderShare& share : *shares) {
    list.shares.push_back({share.number, share.key.public_key()});
    answers.push_back({share.number, encode_evaluation(*evaluate(share.key, batch))});
  }
  const auto holders = check_holders(list);
  if (!evaluation || !evaluated || !holders) return 1;

  const auto multiply_bare = [&] {
    std::array<std::uint8_t, element_bytes> product{};
    for (int i = 0; i < bare_multiplications; ++i) {
      if (crypto_scalarmult_ristretto255(
              product.data(), key.secret().reveal().data(),
              batch[static_cast<std::size_t>(i) % batch_elements].bytes().data()) != 0)
        return false;
    }
    return crypto_scalarmult_ristretto255_base(product.data(), key.secret().reveal().data()) == 0;
  };
  const auto answer = [&] {
    const auto parsed = parse_blinded_batch(encode_blinded_batch(batch));
    return encode_evaluation(*evaluate(key, *parsed)).size() == evaluation_bytes;
  };
  const auto blind_batch = [&] {
    for (std::size_t i = 0; i < batch_elements; ++i)
      if (!blind(input)) return false;
    return true;
  };
  const auto finalize_batch = [&] {
    for (std::size_t i = 0; i < batch_elements; ++i)
      static_cast<void>(finalize(input, blinds[i], *evaluated, i));
    return true;
  };
  const auto of_each = [&](std::function<bool()> one) {
    return [one = std::move(one), batches] {
      for (unsigned i = 0; i < batches; ++i)
        if (!one()) return false;
      return true;
    };
  };
  std::vector<Contender> contenders{
      {"bare scalar multiplications", of_each(multiply_bare)},
      {"holder: read, evaluate, prove", of_each(answer)},
      {"client: blind", of_each(blind_batch)},
      {"client: verify",
       of_each([&] { return verify_evaluation(key.public_key(), batch, *evaluation).has_value(); })},
      {"client: verify three, combine two",
       of_each([&] { return combine(*holders, batch, answers).evaluated.has_value(); })},
      {"client: unblind and hash", of_each(finalize_batch)}};
  if (!race(contenders, rounds)) return 1;
  for (const Contender& contender : contenders) print(contender, contenders.front(), batches);
  return 0;
}
