// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/pin.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "support.h"

namespace candour {
namespace {

NoteVerifierKey root(const std::string& name) {
  return make_note_verifier_key(name, sign::SigningKey::make_random().verify_key());
}

TEST_CASE("pin: the vector parses and is written back byte for byte") {
  const std::string file = test::text_at(test::read_vectors("roster.json"), "pin");
  const auto pin = Pin::parse(file);
  REQUIRE(pin);
  CHECK(pin->quorum() == 2);
  CHECK(pin->root_keys().size() == 3);
  CHECK(pin->encode() == file);
}

TEST_CASE("pin: every other text is refused") {
  const std::string file = test::text_at(test::read_vectors("roster.json"), "pin");
  for (std::size_t cut = 0; cut < file.size(); ++cut) {
    const auto pin = Pin::parse(file.substr(0, cut));
    // Cut at the end of a line it may be a shorter pin, but never one of the same keys.
    if (pin) CHECK(pin->root_keys().size() == 2);
  }
  for (std::size_t i = 0; i < file.size(); ++i) {
    auto flipped = file;
    flipped[i] = static_cast<char>(flipped[i] ^ 1);
    const auto pin = Pin::parse(flipped);
    if (pin) CHECK(pin->quorum() != 2);  // the quorum's own digit: 2 becomes 3
  }
  CHECK_FALSE(Pin::parse(file + "\n"));
  CHECK_FALSE(Pin::parse(file + "key x\n"));
  auto crlf = file;
  crlf.insert(crlf.find('\n'), "\r");
  CHECK_FALSE(Pin::parse(crlf));
  for (const auto* quorum : {"0", "02", "4", "-1", "17", "", "99999999999999999999"}) {
    auto other = file;
    other.replace(other.find("quorum 2") + 7, 1, quorum);
    INFO(quorum);
    CHECK_FALSE(Pin::parse(other));
  }
}

TEST_CASE("pin: keys are roots, each different, 1 to 16") {
  const auto anna = root("candour/root-key/anna");
  CHECK(Pin::of(1, {anna}));
  CHECK_FALSE(Pin::of(1, {}));
  CHECK_FALSE(Pin::of(2, {anna}));
  CHECK_FALSE(Pin::of(1, {anna, anna}));
  CHECK_FALSE(Pin::of(1, {anna, make_note_verifier_key("candour/root-key/beth", anna.key)}));
  CHECK_FALSE(Pin::of(1, {anna, root("candour/root-key/anna")}));
  CHECK_FALSE(Pin::of(1, {root("candour/caseworker/anna")}));
  CHECK_FALSE(Pin::of(1, {root("candour/root-key/")}));
  std::vector<NoteVerifierKey> many;
  for (int i = 0; i < 17; ++i) many.push_back(root("candour/root-key/k" + std::to_string(i)));
  CHECK_FALSE(Pin::of(1, many));
  many.pop_back();
  CHECK(Pin::of(16, many));
}

}  // namespace
}  // namespace candour
