// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/invitation.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "support.h"

namespace candour {
namespace {

Invitation example() {
  return {CaseworkerId::parse("ada").value(), "http://desk.onion", std::string(52, 'A'),
          Pin::parse(test::text_at(test::read_vectors("roster.json"), "pin")).value()};
}

TEST_CASE("invitation: is read as it was written, with and without a key to the onion service") {
  Invitation one = example();
  for (const auto* authorisation : {"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567ABCDEFGHIJKLMNOPQRST", ""}) {
    one.authorisation = authorisation;
    const auto read = parse_invitation(encode_invitation(one));
    REQUIRE(read);
    CHECK(read->who == one.who);
    CHECK(read->origin == one.origin);
    CHECK(read->authorisation == one.authorisation);
    CHECK(read->pin == one.pin);
  }
}

TEST_CASE("invitation: the text is that of the specification") {
  const Invitation one = example();
  CHECK(encode_invitation(one) ==
        "candour/v1/invitation\ncaseworker ada\ndesk http://desk.onion\nauthorisation " + one.authorisation +
            "\n\n" + one.pin.encode());
}

TEST_CASE("invitation: every other text is refused") {
  const std::string text = encode_invitation(example());
  const std::size_t head = text.find("\n\n");
  for (std::size_t cut = 0; cut < head + 2; ++cut) CHECK_FALSE(parse_invitation(text.substr(0, cut)));
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string changed = text;
    changed.replace(changed.find(from), from.size(), to);
    return parse_invitation(changed);
  };
  CHECK_FALSE(with("caseworker ada", "caseworker Ada"));
  CHECK_FALSE(with("caseworker ada", "desk ada"));
  CHECK_FALSE(with("http://desk.onion", "ftp://desk.onion"));
  CHECK_FALSE(with("http://desk.onion", "http://desk.onion\x1b[31m"));
  CHECK_FALSE(with("AAAA", "AAA"));
  CHECK_FALSE(with("AAAA", "AA1A"));
  CHECK_FALSE(with("AAAA", "aaaa"));
  CHECK_FALSE(with("\n\n", "\nmore\n\n"));
}

}  // namespace
}  // namespace candour
