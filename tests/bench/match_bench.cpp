// SPDX-License-Identifier: AGPL-3.0-or-later
// match_bench [COMPANIONS]: how long a caseworker's client needs to check and to match so many companions (10,000), on one thread and on
// two, beside verifying as many Ed25519 signatures of texts of their size and nothing else, in the same run. Medians of five, by the clock.
// One in fifty shares an identifier with the next, one in five hundred is poisoned.
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "crypto/core/init.h"
#include "crypto/core/random.h"
#include "crypto/sign/note.h"
#include "matching/compose.h"
#include "matching/match.h"
#include "protocol/manifest.h"
#include "tests/bench/race.h"

using namespace candour;
using namespace candour::matching;
using namespace candour::bench;

namespace {

constexpr int rounds = 5;
const auto evaluation_key = oprf::Element::generator_times(oprf::Scalar::from_number(7));

struct Signed {
  VerifyKey author;
  std::string text;
  Signature signature;
};

// `shared`: an output that another companion has, too.
std::string make_note(const sign::SigningKey& author, const oprf::Output& shared, bool is_poisoned) {
  Outputs outputs;
  for (oprf::Output& output : outputs) output = oprf::Output::make_random();
  outputs.front() = oprf::Output::copy_of(shared.reveal());
  const auto seed = Secret<32>::make_random();
  const Holding holding{Threshold::two, seed, nullptr};
  ReportId report;
  fill_random(report.bytes);
  auto companion = compose_companion({.report = report,
                                      .author = author.verify_key(),
                                      .evaluation_key = evaluation_key,
                                      .excluded = {},
                                      .outputs = outputs,
                                      .holding = &holding})
                       .value();
  if (is_poisoned)
    for (Slot& slot : companion.slots) slot.bytes[64] ^= 1;
  return sign::sign_note(encode_companion(companion), author_key_name, author).value();
}

std::vector<VerifiedCompanion> check(std::span<const std::string> notes) {
  std::vector<VerifiedCompanion> checked;
  checked.reserve(notes.size());
  for (const std::string& note : notes) checked.push_back(verify_companion(note).value());
  return checked;
}

std::size_t check_and_match(std::span<const std::string> notes, std::size_t threads) {
  std::vector<std::vector<VerifiedCompanion>> parts(threads);
  {
    std::vector<std::jthread> running;
    for (std::size_t i = 0; i < threads; ++i) {
      const std::size_t from = notes.size() * i / threads;
      const std::size_t to = notes.size() * (i + 1) / threads;
      running.emplace_back([&parts, part = notes.subspan(from, to - from), i] { parts[i] = check(part); });
    }
  }
  std::vector<VerifiedCompanion> all;
  for (auto& part : parts) std::ranges::move(part, std::back_inserter(all));
  static const CaseworkerId ada = CaseworkerId::parse("ada").value();
  return match_companions(all, {.caseworker = ada, .evaluation_key = evaluation_key}).matches.size();
}

}  // namespace

int main(int argc, char** argv) {
  if (!init_crypto() || argc > 2) return 2;
  const std::size_t count = argc == 2 ? std::strtoul(argv[1], nullptr, 10) : 10'000;
  std::vector<std::string> notes;
  std::vector<Signed> signatures;
  auto shared = oprf::Output::make_random();
  for (std::size_t i = 0; i < count; ++i) {
    if (i % 50 != 1) shared = oprf::Output::make_random();
    const auto author = sign::SigningKey::make_random();
    notes.push_back(make_note(author, shared, i % 500 == 0));
    std::string text = notes.back().substr(0, notes.back().rfind("\n\n") + 1);
    const Signature signature = author.sign(as_bytes(text));
    signatures.push_back({author.verify_key(), std::move(text), signature});
  }
  const std::size_t expected = (count + 48) / 50 - (count + 498) / 500;
  const auto matched = [&](std::size_t threads) {
    return [&, threads] { return check_and_match(notes, threads) == expected; };
  };
  std::vector<Contender> contenders{{"check and match, 1 thread", matched(1)},
                                    {"check and match, 2 threads", matched(2)},
                                    {"check alone, 1 thread", [&] { return check(notes).size() == count; }},
                                    {"Ed25519 alone, 1 thread", [&] {
                                       return std::ranges::all_of(signatures, [](const Signed& one) {
                                         return verify(one.author, as_bytes(one.text), one.signature);
                                       });
                                     }}};
  if (!race(contenders, rounds)) return 1;
  const double alone = median(contenders.back().seconds);
  for (const Contender& one : contenders)
    fmt::print("{:28} {:7.3f} s for {}, {:.2f} x Ed25519 alone\n", one.name, median(one.seconds), count,
               median(one.seconds) / alone);
  return 0;
}
