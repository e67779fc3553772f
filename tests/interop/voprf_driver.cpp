// SPDX-License-Identifier: AGPL-3.0-or-later
// voprf_driver: crypto/oprf as a program, for the tests that set it against another implementation. Values are hex, batches and answers bytes.
//     voprf_driver key                              prints a key and its public key
//     voprf_driver share KEY THRESHOLD HOLDERS      prints number, share and public share of each holder
//     voprf_driver blind INPUT…                     prints eight blinds and the batch
//     voprf_driver evaluate KEY                     a batch on stdin, the answer on stdout
//     voprf_driver finish PUBLIC-KEY THRESHOLD HOLDERS [NUMBER PUBLIC-SHARE]… [INPUT BLIND]…
//         stdin: the batch, then for each answer the number in one byte and the answer; prints the liars, then eight outputs
#include <fmt/core.h>
#include <fmt/ranges.h>

#include <cstdio>
#include <string>
#include <vector>

#include "crypto/core/encoding.h"
#include "crypto/oprf/threshold.h"
#include "tests/interop/jobs.h"

using namespace candour;
using namespace candour::oprf;
using namespace candour::interop;

namespace {

Bytes from_hex(const std::string& text) { return hex_decode(text).value(); }
Key key_of(const std::string& text) { return Key(SecretScalar::parse(from_hex(text)).value()); }

Bytes read_stdin() {
  Bytes all(1 << 16);
  all.resize(std::fread(all.data(), 1, all.size(), stdin));
  return all;
}

void print_secret(std::span<const std::uint8_t> bytes) { fmt::print("{}\n", hex_encode(bytes)); }

int make_key(const Arguments& /*none*/) {
  const Key key = Key::make_random();
  print_secret(key.secret().reveal());
  fmt::print("{}\n", hex_encode(key.public_key().bytes()));
  return 0;
}

int share(const Arguments& a) {
  const auto shares = share_key(key_of(a[0]), static_cast<unsigned>(std::stoul(a[1])),
                                static_cast<unsigned>(std::stoul(a[2])));
  if (!shares) return say(shares.error());
  for (const HolderShare& one : *shares) {
    fmt::print("{} {} {}\n", one.number, hex_encode(one.key.secret().reveal()),
               hex_encode(one.key.public_key().bytes()));
  }
  return 0;
}

int blind_all(const Arguments& a) {
  BlindedBatch batch;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto blinded = blind(from_hex(a[i]));
    if (!blinded) return say(blinded.error());
    batch.at(i) = blinded->element;
    print_secret(blinded->blind.reveal());
  }
  fmt::print("{}\n", hex_encode(encode_blinded_batch(batch)));
  return 0;
}

int evaluate_batch(const Arguments& a) {
  const auto batch = parse_blinded_batch(read_stdin());
  if (!batch) return say(batch.error());
  const auto evaluation = evaluate(key_of(a[0]), *batch);
  if (!evaluation) return say(evaluation.error());
  const Bytes answer = encode_evaluation(*evaluation);
  return std::fwrite(answer.data(), 1, answer.size(), stdout) == answer.size() ? 0 : 1;
}

int finish(const Arguments& a) {
  const std::size_t count = std::stoul(a[2]);
  const auto public_key = Element::parse(from_hex(a[0]));
  if (!public_key) return say(public_key.error());
  HolderList list{*public_key, static_cast<unsigned>(std::stoul(a[1])), {}};
  std::size_t at = 3;
  for (std::size_t i = 0; i < count; ++i, at += 2) {
    const auto public_share = Element::parse(from_hex(a.at(at + 1)));
    if (!public_share) return say(public_share.error());
    list.shares.push_back({static_cast<std::uint8_t>(std::stoul(a.at(at))), *public_share});
  }
  const auto holders = check_holders(std::move(list));
  if (!holders) return say(holders.error());

  const Bytes sent = read_stdin();
  ByteView rest = sent;
  const auto batch = parse_blinded_batch(rest.first(std::min(rest.size(), blinded_batch_bytes)));
  if (!batch) return say(batch.error());
  rest = rest.subspan(blinded_batch_bytes);
  std::vector<Answer> answers;
  while (!rest.empty()) {
    const std::size_t size = std::min(rest.size() - 1, evaluation_bytes);
    const ByteView answer = rest.subspan(1, size);
    answers.push_back({rest[0], {answer.begin(), answer.end()}});
    rest = rest.subspan(1 + size);
  }
  const Combined combined = combine(*holders, *batch, answers);
  fmt::print("{}\n", fmt::join(combined.liars, ","));
  if (!combined.evaluated) return say(combined.evaluated.error());
  for (std::size_t i = 0; i < batch->size(); ++i, at += 2) {
    const auto blind = SecretScalar::parse(from_hex(a.at(at + 1))).value();
    print_secret(finalize(from_hex(a.at(at)), blind, *combined.evaluated, i).reveal());
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  return run_job(argc, argv,
                 {{"key", 0, make_key},
                  {"share", 3, share},
                  {"blind", batch_elements, blind_all},
                  {"evaluate", 1, evaluate_batch},
                  {"finish", 5 + 2 * batch_elements, finish}});
}
