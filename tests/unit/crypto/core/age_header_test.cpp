// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/age_header.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "crypto/core/encoding.h"

using namespace candour;

namespace {

const std::string mac_line = "--- " + std::string(43, 'A') + "\n";

std::string example() {
  return std::string(age_version_line) + "-> X25519 abc\n" + std::string(64, 'A') +
         "\nAAAA\n-> other a b c\n\n" + mac_line;
}

Errc code_of(const std::string& text) {
  const auto header = parse_age_header(as_bytes(text));
  REQUIRE_FALSE(header);
  return header.error().code;
}

}  // namespace

TEST_CASE("A header is read, and written back as it was") {
  const std::string text = example();
  const auto header = parse_age_header(as_bytes(text + "payload")).value().value();
  CHECK(header.size_bytes == text.size());
  CHECK(text.substr(0, header.mac_bytes).ends_with("\n---"));
  REQUIRE(header.stanzas.size() == 2);
  CHECK(header.stanzas[0].type() == "X25519");
  CHECK(header.stanzas[0].body == Bytes(51));
  CHECK(header.stanzas[1].arguments == std::vector<std::string>{"other", "a", "b", "c"});
  CHECK(header.stanzas[1].body.empty());
  CHECK(encode_age_header_for_mac(header.stanzas) + encode_age_mac_line_end(header.mac) == text);
}

TEST_CASE("Every beginning of a header asks for more") {
  const std::string text = example();
  for (std::size_t size = 0; size < text.size(); ++size) {
    const auto header = parse_age_header(as_bytes(text).first(size));
    REQUIRE(header);
    CHECK_FALSE(header->has_value());
  }
}

TEST_CASE("Plaintext is recognised by its first byte") {
  CHECK(code_of("M") == Errc::malformed);
  CHECK(code_of("{\"report\"") == Errc::malformed);
  CHECK(code_of("age-encryption.Org") == Errc::malformed);
  CHECK(code_of("-----BEGIN AGE ENCRYPTED FILE-----\n") == Errc::malformed);
  CHECK(code_of("age-encryption.org/v2\n") == Errc::unsupported);
}

TEST_CASE("A malformed header is refused") {
  const std::string start(age_version_line);
  const std::string body = "AAAA\n";
  for (const std::string& wrong :
       {start + mac_line, start + "-> a\n" + body + "--- AAAA\n", start + "-> a\n" + body + "---\n",
        start + "-> a\n" + body + "--- " + std::string(42, 'A') + "B\n", start + "->a\n" + body + mac_line,
        start + "-> \n" + body + mac_line, start + "-> a  b\n" + body + mac_line,
        start + "-> a \n" + body + mac_line, start + "-> a\tb\n" + body + mac_line,
        start + "-> \xC3\xA9\n" + body + mac_line, start + "-> a\nAA==\n" + mac_line,
        start + "-> a\nAB\n" + mac_line, start + "-> a\nA A\n" + mac_line,
        start + "-> a\n" + std::string(65, 'A') + "\n" + mac_line, start + "-> a\n" + mac_line,
        start + "-> a\r\n" + body + mac_line, start + "-> a\n" + std::string(64, 'A') + "\n" + mac_line,
        start + "\n" + mac_line, start + "-> a\n" + body + body + mac_line}) {
    INFO(wrong);
    CHECK(code_of(wrong) == Errc::malformed);
  }
}

TEST_CASE("A header without an end is refused at 1 MiB") {
  std::string endless(age_version_line);
  while (endless.size() < age_header_bytes_max - 100) endless += "-> a\nAAAA\n";
  REQUIRE_FALSE(parse_age_header(as_bytes(endless)).value().has_value());
  while (endless.size() < age_header_bytes_max) endless += "-> a\nAAAA\n";
  CHECK(code_of(endless) == Errc::too_large);
  CHECK(code_of(endless + mac_line) == Errc::too_large);
  CHECK(code_of(std::string(age_version_line) + "-> " + std::string(age_header_bytes_max, 'a')) ==
        Errc::too_large);
}
