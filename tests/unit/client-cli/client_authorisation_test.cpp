// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/tor/client_authorisation.h"

#include <catch2/catch_test_macros.hpp>

namespace candour::cli {
namespace {

TEST_CASE("base32: the vectors of RFC 4648 section 10, without their padding") {
  CHECK(base32(as_bytes("")) == "");
  CHECK(base32(as_bytes("f")) == "MY");
  CHECK(base32(as_bytes("fo")) == "MZXQ");
  CHECK(base32(as_bytes("foo")) == "MZXW6");
  CHECK(base32(as_bytes("foob")) == "MZXW6YQ");
  CHECK(base32(as_bytes("fooba")) == "MZXW6YTB");
  CHECK(base32(as_bytes("foobar")) == "MZXW6YTBOI");
}

TEST_CASE("client authorisation: lines as Tor reads them") {
  const auto one = ClientAuthorisation::make_random(), other = ClientAuthorisation::make_random();
  CHECK(one.secret.size() == 52);
  CHECK(one.secret != other.secret);
  CHECK(one.public_line.starts_with("descriptor:x25519:"));
  CHECK(one.public_line.size() == std::string_view("descriptor:x25519:").size() + 52 + 1);
  CHECK_FALSE(one.public_line.contains(one.secret));
  CHECK(client_line("abc.onion", "KEY") == "abc:descriptor:x25519:KEY\n");
}

}  // namespace
}  // namespace candour::cli
