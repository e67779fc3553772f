// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/open/identity_file.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "crypto/core/encoding.h"
#include "crypto/core/hash.h"
#include "tests/unit/crypto/open/age_fixture.h"

using namespace candour;

namespace {

// The examples of C2SP age.md.
constexpr std::string_view x25519_text =
    "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";
constexpr std::string_view x25519_recipient =
    "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";
constexpr std::string_view hybrid_text =
    "AGE-SECRET-KEY-PQ-1XX76JRALNLXDMEW0CRK45QMCCH4X06SE84UN3VPM33W6HWDX0H3SK3ZQFR";

}  // namespace

TEST_CASE("The keys of the age specification are read, and their public halves agree") {
  const auto x25519 = open::parse_identity(as_bytes(x25519_text)).value();
  CHECK(encode_recipient(std::get<open::X25519Identity>(x25519).recipient()) == x25519_recipient);
  CHECK(as_text(std::get<open::X25519Identity>(x25519).encode().reveal()) == x25519_text);

  const auto hybrid = open::parse_identity(as_bytes(hybrid_text)).value();
  const std::string recipient = encode_recipient(std::get<open::HybridIdentity>(hybrid).recipient());
  CHECK(recipient.starts_with(
      "age1pq1x34nzsvr0rxjsgdn8zgyhfe8j7ceq5r9rdelkjuh3y235jzxshfg87pzf5zrqtzdxz95paef6caq5a"));
  CHECK(hex_encode(sha256(as_bytes(recipient))) ==
        "a091dd7e0ee9d62b75173dcc98441a0424baa941e66a8776e570a4ae60ff61ea");
  CHECK(as_text(std::get<open::HybridIdentity>(hybrid).encode().reveal()) == hybrid_text);
}

TEST_CASE("Recipients are read back as they are written, in lower case only") {
  const test::Reader hybrid = test::Reader::hybrid();
  const std::string text = encode_recipient(std::get<HybridRecipient>(hybrid.recipient));
  CHECK(seal::parse_recipient(text) == hybrid.recipient);
  CHECK(seal::parse_recipient(x25519_recipient));
  std::string upper = text;
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  CHECK_FALSE(seal::parse_recipient(upper));
  CHECK_FALSE(seal::parse_recipient(text.substr(0, text.size() - 1)));
  CHECK_FALSE(seal::parse_recipient(std::string(x25519_recipient) + "q"));
  CHECK_FALSE(seal::parse_recipient(hybrid_text));
  CHECK_FALSE(parse_x25519_recipient(text));
  CHECK_FALSE(parse_hybrid_recipient(x25519_recipient));
}

TEST_CASE("Identity files have comments, empty lines and several keys") {
  const std::string file = "# made today\r\n\n" + std::string(x25519_text) + "\n#\n" +
                           std::string(hybrid_text) + "\r\n" + std::string(x25519_text);
  const auto identities = open::parse_identity_file(as_bytes(file));
  REQUIRE(identities);
  CHECK(identities->size() == 3);
  CHECK(std::holds_alternative<open::HybridIdentity>((*identities)[1]));
}

TEST_CASE("What is no identity is refused") {
  const std::string good(x25519_text);
  std::string lower = good;
  for (char& c : lower) c = static_cast<char>(std::tolower(c));
  for (const std::string& wrong :
       {std::string(), std::string("# only a comment\n"), lower, good + " ", " " + good, good.substr(1),
        good.substr(0, good.size() - 1), std::string(x25519_recipient), good + "\nage1x\n"}) {
    INFO(wrong);
    CHECK(open::parse_identity_file(as_bytes(wrong)).error().code == Errc::malformed);
  }
  CHECK(open::parse_identity(as_bytes("AGE-PLUGIN-YUBIKEY-1QQQQ")).error().code == Errc::unsupported);
  CHECK(open::parse_identity_file(Bytes(open::identity_file_bytes_max + 1, '#')).error().code ==
        Errc::too_large);
}
