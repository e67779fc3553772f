// SPDX-License-Identifier: AGPL-3.0-or-later
// Whoever matches first or last finds the same: the order in which companions came changes nothing.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "crypto/core/encoding.h"
#include "crypto/core/random.h"
#include "people.h"

using namespace candour;
using namespace candour::matching;

namespace {

std::string described(const CompanionName& name) {
  return name.report.encode() + hex_encode(name.author.bytes) + hex_encode(name.text_sha256);
}

std::string described(const MatchResult& result) {
  std::string text;
  for (const Match& match : result.matches) {
    text += "match";
    for (const VerifyKey& author : match.authors) text += ' ' + hex_encode(author.bytes);
    for (const CompanionName& name : match.companions) text += ' ' + described(name);
  }
  for (const OpenedCompanion& opened : result.opened) {
    text += "\nopened " + described(opened.companion) + std::to_string(count_of(opened.threshold)) +
            opened.contact.value_or("-") +
            (opened.identity_seed ? hex_encode(opened.identity_seed->reveal()) : "-");
  }
  for (const Objected& one : result.objected)
    text += "\nobjected " + described(one.companion) + std::to_string(static_cast<int>(one.objection));
  return text;
}

// A few people, a few names, and now and then something wrong.
VerifiedCompanion random_companion(std::uint32_t number) {
  test::Author author("author " + std::to_string(random_below(9)));
  author.report.bytes[0] = static_cast<std::uint8_t>(number);
  test::Wish wish{.names = {}, .held = {}};
  for (const char* name : {"v", "w", "x", "y", "z"})
    if (random_below(4) == 0) wish.names.emplace_back(name);
  if (random_below(3) != 0) wish.held = random_below(2) == 0 ? Threshold::two : Threshold::three;
  if (random_below(2) == 0) wish.contact = "Ring.";
  if (random_below(12) == 0) wish.excluded = {test::caseworker("ada")};
  return author.send(wish, [&](Companion& companion) {
    if (wish.names.empty() || random_below(3) != 0) return;
    Slot& slot = test::slot_of(companion, wish.names.front());
    constexpr std::array<std::size_t, 5> places{33, 64, 130, 200, 250};
    slot.bytes.at(places.at(random_below(places.size()))) ^= 1;
  });
}

}  // namespace

TEST_CASE("Matching: any order gives the same result") {
  std::size_t matches = 0;
  std::size_t objections = 0;
  for (int round = 0; round < 12; ++round) {
    std::vector<VerifiedCompanion> sent;
    for (std::uint32_t i = 0; i < 14; ++i) sent.push_back(random_companion(i));
    const auto result = match_companions(sent, test::reader());
    matches += result.matches.size();
    objections += result.objected.size();
    const std::string expected = described(result);
    for (int again = 0; again < 4; ++again) {
      for (std::size_t left = sent.size(); left > 1; --left)
        std::swap(sent[left - 1], sent[random_below(static_cast<std::uint32_t>(left))]);
      CHECK(described(match_companions(sent, test::reader())) == expected);
    }
    sent.push_back(sent.front());
    CHECK(described(match_companions(sent, test::reader())) == expected);
  }
  CHECK(matches > 0);
  CHECK(objections > 0);
}
