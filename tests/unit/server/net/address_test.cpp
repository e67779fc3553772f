// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/net/address.h"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <string_view>

using namespace candour::server;

TEST_CASE("loopback and unix sockets can be listened on") {
  CHECK(encode_address(*parse_address("127.0.0.1:8080")) == "http://127.0.0.1:8080");
  CHECK(encode_address(*parse_address("[::1]:0")) == "http://[::1]:0");
  CHECK(encode_address(*parse_address("unix:/run/candour/x.sock")) == "unix:/run/candour/x.sock");
}

TEST_CASE("nothing else can") {
  for (const std::string& wrong :
       {std::string(), std::string("0.0.0.0:80"), std::string("127.0.0.1"), std::string("127.0.0.1:"),
        std::string("127.0.0.1:65536"), std::string("127.0.0.1:080"), std::string("127.0.0.2:80"),
        std::string("localhost:80"), std::string("[::]:80"), std::string("unix:x.sock"), std::string("unix:"),
        "unix:/" + std::string(107, 'a')}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_address(wrong));
  }
}
