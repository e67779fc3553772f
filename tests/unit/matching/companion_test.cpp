// SPDX-License-Identifier: AGPL-3.0-or-later
#include "matching/companion.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "crypto/core/encoding.h"
#include "crypto/sign/note.h"
#include "people.h"
#include "protocol/drop.h"
#include "protocol/drop_text.h"
#include "protocol/manifest.h"

using namespace candour;
using namespace candour::matching;
using test::Author;
using test::caseworker;

namespace {

const Author bea("bea");

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

// The line that begins so, with its line feed.
std::string line_of(const std::string& text, std::string_view key) {
  const auto from = text.find("\n" + std::string(key) + ' ') + 1;
  REQUIRE(from != 0);
  return text.substr(from, text.find('\n', from) + 1 - from);
}

}  // namespace

TEST_CASE("A companion is told from other notes by its first line") {
  CHECK(is_companion("candour/v1/companion\nreport "));
  CHECK_FALSE(is_companion("candour/v1/companion"));
  CHECK_FALSE(is_companion("candour/v1/companions\n"));
  CHECK_FALSE(is_companion("candour/v1/case-event\ncandour/v1/companion\n"));
}

TEST_CASE("Companion: what is written is read again, and only that") {
  const Companion companion = bea.compose({.names = {"x"},
                                           .held = Threshold::three,
                                           .contact = "Ring.",
                                           .excluded = {caseworker("cy"), caseworker("bo")}});
  const std::string text = encode_companion(companion);
  CHECK(parse_companion(text) == companion);
  CHECK(companion.excluded == std::vector{caseworker("bo"), caseworker("cy")});
  for (const std::string_view key :
       {"report", "author", "roster", "key", "salt", "slot", "body", "contact"}) {
    INFO(key);
    const std::string line = line_of(text, key);
    CHECK(parse_companion(replaced(text, line, "")).error().code == Errc::malformed);
    CHECK_FALSE(parse_companion(replaced(text, line, line + line)));
    const std::string cut = line.substr(0, line.size() - 5) + '\n';
    CHECK(parse_companion(replaced(text, line, cut)).error().code == Errc::malformed);
  }
  for (const std::string& wrong :
       {replaced(text, "candour/v1/companion", "candour/v1/manifest"), text + "more yes\n",
        text.substr(0, text.size() - 1), replaced(text, "exclude bo\n", "exclude cy\n"),
        replaced(text, "exclude bo\nexclude cy\n", "exclude cy\nexclude bo\n"),
        replaced(text, "exclude bo", "exclude B"), replaced(text, "\nbody", "\n\nbody"), std::string()})
    CHECK(parse_companion(wrong).error().code == Errc::malformed);
}

TEST_CASE("Companion: two slots with one tag are refused, for either threshold") {
  for (const std::size_t tag_at : {std::size_t{0}, std::size_t{96}}) {
    Companion companion = bea.compose({.names = {"x"}, .held = {}});
    CHECK(parse_companion(encode_companion(companion)));
    std::copy_n(companion.slots[6].bytes.begin() + static_cast<std::ptrdiff_t>(tag_at), 32,
                companion.slots[1].bytes.begin() + static_cast<std::ptrdiff_t>(tag_at));
    CHECK(parse_companion(encode_companion(companion)).error().code == Errc::malformed);
  }
}

TEST_CASE("Companion: signed by the author that it names, under her name for it, or it is none") {
  const Companion companion = bea.compose({.names = {"x"}, .held = {}});
  const std::string text = encode_companion(companion);
  const auto verified = verify_companion(bea.note(companion));
  REQUIRE(verified);
  CHECK(verified->companion() == companion);
  CHECK(verified->name() == CompanionName{bea.report, bea.key.verify_key(), sha256(as_bytes(text))});
  const Author mallory("mallory");
  CHECK(verify_companion(mallory.note(companion)).error().code == Errc::no_match);
  CHECK(verify_companion(sign::sign_note(text, "candour/caseworker/bo", bea.key).value()).error().code ==
        Errc::no_match);
  CHECK(verify_companion(replaced(bea.note(companion), "report " + bea.report.encode(),
                                  "report " + mallory.report.encode()))
            .error()
            .code == Errc::not_authentic);
  CHECK(verify_companion(text).error().code == Errc::malformed);
  CHECK(verify_companion(sign::sign_note("candour/v1/receipt\n", author_key_name, bea.key).value())
            .error()
            .code == Errc::malformed);
}

TEST_CASE("Companion: the longest one fits into what is sealed, and one more is refused") {
  std::vector<CaseworkerId> all;
  for (std::size_t i = 0; i < companion_excluded_max; ++i)
    all.push_back(caseworker(std::string(30, 'a') + std::to_string(i + 10)));
  Companion longest = bea.compose({.names = {"x"}, .held = Threshold::two, .excluded = all});
  const std::string note = bea.note(longest);
  CHECK(note.size() <= drop_plain_bytes);
  CHECK(text_of_drop(fill_drop(note).value().reveal()) == note);
  CHECK(verify_companion(note));
  longest.excluded.push_back(caseworker("b"));
  CHECK(verify_companion(bea.note(longest)).error().code == Errc::too_large);
  CHECK(verify_companion(note + std::string(drop_plain_bytes, '\n')).error().code == Errc::too_large);
}
