// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/codename.h"

#include <catch2/catch_test_macros.hpp>
#include <set>
#include <string>

#include "crypto/core/encoding.h"
#include "protocol/fingerprint.h"
#include "protocol/reporter_keys.h"
#include "protocol/words.h"
#include "support.h"

namespace candour {
namespace {

using test::at;
using test::text_at;

TEST_CASE("codename vectors: keys, recipient and report ids") {
  const auto file = test::read_vectors("codename.json");
  REQUIRE(at(file, "vectors").array()->size() == 3);
  for (const auto& vector : *at(file, "vectors").array()) {
    const auto codename = Codename::parse(text_at(vector, "codename"));
    REQUIRE(codename);
    const auto keys = ReporterKeys::derive(*codename);
    CHECK(hex_encode(keys.reply_seed().reveal()) == text_at(vector, "reply_seed"));
    CHECK(keys.reply_recipient() == text_at(vector, "reply_recipient"));
    CHECK(hex_encode(keys.mailbox_root().reveal()) == text_at(vector, "mailbox_root"));
    CHECK(hex_encode(keys.diary_root().reveal()) == text_at(vector, "diary_root"));
    CHECK(hex_encode(keys.authorship().verify_key().bytes) == text_at(vector, "authorship_key"));
    for (const auto& report : *at(vector, "reports").array()) {
      const auto n = at(report, "n").whole().value();
      CHECK(hex_encode(keys.report_secret(n).reveal()) == text_at(report, "secret"));
      CHECK(keys.report_id(n).encode() == text_at(report, "id"));
    }
  }
}

TEST_CASE("a codename is read however it is typed, and refused where it is none") {
  const auto file = test::read_vectors("codename.json");
  const auto& first = text_at(at(file, "vectors").array()->front(), "codename");
  for (const auto& typed : *at(file, "same").array()) {
    const auto codename = Codename::parse(*typed.text());
    REQUIRE(codename);
    CHECK(codename->reveal() == first);
  }
  for (const auto& typed : *at(file, "refused").array()) CHECK_FALSE(Codename::parse(*typed.text()));
}

TEST_CASE("a random codename is eight words that parse to themselves") {
  std::set<std::string> seen;
  for (int i = 0; i < 200; ++i) {
    const auto codename = Codename::make_random();
    const auto again = Codename::parse(codename.reveal());
    REQUIRE(again);
    CHECK(again->reveal() == codename.reveal());
    CHECK(seen.emplace(codename.reveal()).second);
  }
}

TEST_CASE("fingerprint vectors") {
  const auto file = test::read_vectors("fingerprint.json");
  for (const auto& vector : *at(file, "vectors").array()) {
    CHECK(fingerprint(text_at(vector, "text")) == text_at(vector, "fingerprint"));
  }
}

TEST_CASE("the word list is complete, and completes by prefix") {
  CHECK(word_list().front() == "abacus");
  CHECK(word_list().back() == "zoom");
  for (std::size_t i = 0; i < words_total; ++i) REQUIRE(word_index(word_list()[i]) == i);
  CHECK_FALSE(word_index("zoomer"));
  CHECK_FALSE(word_index(""));
  CHECK(words_starting_with("").size() == words_total);
  CHECK(words_starting_with("zoo").size() == 4);
  CHECK(words_starting_with("zoo").front() == "zookeeper");
  CHECK(words_starting_with("qqq").empty());
}

}  // namespace
}  // namespace candour
