// SPDX-License-Identifier: AGPL-3.0-or-later
// cctv_age FILE…: opens C2SP CCTV age vectors (github.com/C2SP/CCTV, age/README.md) and says whether each
// ended as its own head expects: the outcome, and the hash of everything that was released before it. Exits 0
// if all did.
#include <fmt/core.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "crypto/core/encoding.h"
#include "crypto/core/hash.h"
#include "crypto/core/init.h"
#include "crypto/open/armor.h"
#include "crypto/open/opener.h"

using namespace candour;

namespace {

struct Vector {
  std::string expect;
  std::string payload_sha256 =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";  // of nothing
  bool armored = false;
  std::vector<open::Identity> identities;
  std::string file;
};

bool add_field(Vector& vector, std::string_view key, std::string_view value) {
  if (key == "expect")
    vector.expect = value;
  else if (key == "payload")
    vector.payload_sha256 = value;
  else if (key == "armored")
    vector.armored = value == "yes";
  else if (key == "passphrase")
    vector.identities.emplace_back(open::Passphrase{SecretBytes::copy_of(as_bytes(value))});
  else if (key == "identity") {
    auto identity = open::parse_identity(as_bytes(value));
    if (!identity) return false;
    vector.identities.push_back(std::move(*identity));
  } else {
    return key == "file key" || key == "comment" || key == "compressed";
  }
  return true;
}

bool read_vector(const std::string& path, Vector& vector) {
  std::ifstream in(path, std::ios::binary);
  const std::string all{std::istreambuf_iterator<char>(in), {}};
  std::size_t at = 0;
  for (;;) {
    const std::size_t end = all.find('\n', at);
    if (end == std::string::npos) return false;
    const std::string line = all.substr(at, end - at);
    at = end + 1;
    if (line.empty()) break;
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos || !add_field(vector, line.substr(0, colon), line.substr(colon + 2)))
      return false;
  }
  vector.file = all.substr(at);
  return !vector.expect.empty();
}

bool armor_is_good(ByteView file) {
  open::ArmorReader reader([](ByteView) -> Result<> { return {}; });
  return reader.update(file).has_value() && reader.finish().has_value();
}

// The words of the vectors for how it ended.
std::string outcome_of(const Vector& vector, const Result<>& outcome, open::OpenStage stage) {
  if (outcome) return "success";
  if (vector.armored && !armor_is_good(as_bytes(vector.file))) return "armor failure";
  if (stage == open::OpenStage::payload) return "payload failure";
  if (outcome.error().code == Errc::no_match) return "no match";
  if (outcome.error().code == Errc::not_authentic) return "HMAC failure";
  return "header failure";
}

bool run(const Vector& vector, const std::string& name, std::size_t piece, unsigned threads) {
  Sha256 released;
  open::Opener opener(vector.identities, {.threads = threads}, [&](open::Provisional plain) -> Result<> {
    released.update(plain.bytes);
    return {};
  });
  Result<> outcome;
  for (ByteView rest = as_bytes(vector.file); outcome && !rest.empty();
       rest = rest.subspan(std::min(piece, rest.size()))) {
    outcome = opener.update(rest.first(std::min(piece, rest.size())));
  }
  if (outcome) outcome = opener.finish();
  const std::string ended = outcome_of(vector, outcome, opener.stage());
  const std::string hash = hex_encode(released.finish());
  if (ended == vector.expect && hash == vector.payload_sha256) return true;
  fmt::print(stderr, "{} (pieces of {}, {} threads): {} where {} was expected; {}; released {}\n", name,
             piece, threads, ended, vector.expect, outcome ? "opened" : outcome.error().message.view(), hash);
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  if (!init_crypto() || argc < 2) return 2;
  bool good = true;
  for (int i = 1; i < argc; ++i) {
    Vector vector;
    if (!read_vector(argv[i], vector)) {
      fmt::print(stderr, "{}: cannot be read as a test vector\n", argv[i]);
      return 2;
    }
    // At once, in odd pieces, and in parallel: what comes out must not depend on it.
    good = run(vector, argv[i], vector.file.size() + 1, 1) && good;
    good = run(vector, argv[i], 4099, 1) && good;
    good = run(vector, argv[i], 100'000, 3) && good;
  }
  return good ? 0 : 1;
}
