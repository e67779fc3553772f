// SPDX-License-Identifier: AGPL-3.0-or-later
// What a caseworker tries who has companions and a list of names, without another evaluation (docs/spec/matching.md "What each side learns"):
//   guess_names NAMES COMPANION… [--key FILE]
// NAMES: "KIND FIELD<tab>FIELD…" a line. For every name it computes whatever could stand in the place of the evaluation's output: hashes of the
// name alone, and evaluations by every key that can be made of what is public. Prints each name whose tags are in a companion, its line as it was
// given. With the key of the evaluation it finds them all, which shows that the search works.
#include <fmt/core.h>
#include <sodium.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "crypto/core/init.h"
#include "matching/companion.h"
#include "matching/share.h"
#include "protocol/identifier.h"

using namespace candour;
using namespace candour::matching;

namespace {

[[noreturn]] void give_up(const char* why) {
  fmt::print(stderr, "guess_names: {}\n", why);
  std::exit(1);
}

std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) give_up("a file cannot be read");
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, at);) parts.push_back(part);
  return parts;
}

std::string input_of(const std::string& line) {
  const auto blank = line.find(' ');
  const auto kind = identifier_kind(line.substr(0, blank));
  if (!kind || blank == std::string::npos) give_up("a name is of no kind");
  const auto name = Identifier::normalise(*kind, split(line.substr(blank + 1), '\t'));
  if (!name) give_up("a name has no normal form");
  return name->encode();
}

oprf::Output sha512(ByteView bytes) {
  oprf::Output output;
  crypto_hash_sha512(output.writable().data(), bytes.data(), bytes.size());
  return output;
}

oprf::Output evaluated(const oprf::Key& key, ByteView input) {
  const auto blinded = oprf::blind(input);
  if (!blinded) give_up("a name cannot be blinded");
  const auto evaluation = oprf::evaluate(key, {&blinded->element, 1});
  const auto right = oprf::verify_evaluation(key.public_key(), {&blinded->element, 1}, *evaluation);
  return oprf::finalize(input, blinded->blind, *right, 0);
}

oprf::SecretScalar scalar_of(ByteView public_value) {
  Secret<64> wide;
  std::ranges::copy(public_value.first(std::min<std::size_t>(public_value.size(), 64)),
                    wide.writable().begin());
  auto scalar = oprf::SecretScalar::reduce(wide);
  if (!scalar) give_up("a public value is 0");
  return *std::move(scalar);
}

// Everything that is public could have been taken for a key by mistake, and so could 1.
std::vector<oprf::Key> public_keys(const std::vector<Companion>& companions) {
  std::vector<oprf::Key> keys;
  keys.emplace_back(scalar_of(Bytes{1}));
  for (const Companion& one : companions) {
    keys.emplace_back(scalar_of(one.evaluation_key));
    keys.emplace_back(scalar_of(one.roster_sha256));
    keys.emplace_back(scalar_of(one.report.bytes));
    keys.emplace_back(scalar_of(one.salt));
    for (const ByteView value : {ByteView(one.evaluation_key), ByteView(one.roster_sha256)})
      keys.emplace_back(scalar_of(sha512(value).reveal()));
  }
  return keys;
}

std::vector<oprf::Output> candidates(ByteView input, const std::vector<oprf::Key>& keys) {
  std::vector<oprf::Output> outputs;
  outputs.push_back(sha512(input));
  outputs.push_back(sha512(sha512(input).reveal()));
  oprf::Output padded;
  std::ranges::copy(sha256(input), padded.writable().begin());
  outputs.push_back(std::move(padded));
  const auto one = scalar_of(Bytes{1});
  for (const oprf::Key& key : keys) {
    outputs.push_back(evaluated(key, input));
    outputs.push_back(oprf::hash_for_output(input, oprf::SecretElement::unblind(one, key.public_key())));
  }
  return outputs;
}

bool is_in(const std::vector<Companion>& companions, const oprf::Output& output) {
  for (const Threshold k : thresholds) {
    const auto polynomial = MatchPolynomial::from_output(k, output);
    if (!polynomial) give_up("an output cannot be used");
    const auto tag = polynomial->commitments().front().bytes();
    for (const Companion& companion : companions)
      for (const Slot& slot : companion.slots)
        if (std::ranges::equal(slot.tag(k), tag)) return true;
  }
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3 || !init_crypto()) give_up("usage: guess_names NAMES COMPANION… [--key FILE]");
  std::vector<Companion> companions;
  std::vector<oprf::Key> keys;
  for (int i = 2; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--key" && i + 1 < argc) {
      const std::string raw = contents(argv[++i]);
      auto scalar = oprf::SecretScalar::parse(as_bytes(raw));
      if (!scalar) give_up("the key is none");
      keys.emplace_back(*std::move(scalar));
      continue;
    }
    const auto companion = verify_companion(contents(argv[i]));
    if (!companion) give_up("a companion is none");
    companions.push_back(companion->companion());
  }
  for (oprf::Key& key : public_keys(companions)) keys.push_back(std::move(key));
  for (const std::string& line : split(contents(argv[1]), '\n')) {
    const std::string input = input_of(line);
    for (const oprf::Output& output : candidates(as_bytes(input), keys)) {
      if (!is_in(companions, output)) continue;
      fmt::print("{}\n", line);
      break;
    }
  }
  return 0;
}
