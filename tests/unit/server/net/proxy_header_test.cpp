// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/net/proxy_header.h"

#include <catch2/catch_test_macros.hpp>
#include <cstddef>
#include <string>
#include <string_view>

using namespace candour::server;

namespace {

const std::string kLine = "PROXY TCP6 fc00:dead:beef:4dad::0:7a ::1 65535 80\r\n";

auto parse(std::string_view text) { return parse_proxy_header(candour::as_bytes(text)); }

std::string line(std::string_view circuit, std::string_view rest = " ::1 65535 80\r\n") {
  return "PROXY TCP6 fc00:dead:beef:4dad::" + std::string(circuit) + std::string(rest);
}

}  // namespace

TEST_CASE("Tor's line is a circuit, and the request begins behind it") {
  const auto header = parse(kLine + "GET / HTTP/1.1\r\n");
  REQUIRE(header);
  REQUIRE(*header);
  CHECK((*header)->circuit == 0x7a);
  CHECK((*header)->bytes == kLine.size());
  CHECK((*parse(line("1:0")))->circuit == 0x10000);
  CHECK((*parse(line("ffff:ffff", " ::1 1 0\r\n")))->circuit == 0xffffffff);
}

TEST_CASE("every prefix of the line asks for more") {
  for (std::size_t size = 0; size < kLine.size(); ++size) {
    const auto header = parse(std::string_view(kLine).substr(0, size));
    REQUIRE(header);
    CHECK_FALSE(*header);
  }
}

TEST_CASE("anything else is refused, at once where it shows") {
  for (const std::string& wrong : {std::string("G"),
                                   std::string("PROXY UNKNOWN\r\n"),
                                   std::string("PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n"),
                                   std::string("PROXY TCP6 2001:db8::1 ::1 1 2\r\n"),
                                   std::string("proxy TCP6 fc00"),
                                   line(""),
                                   line("7a"),
                                   line("0:"),
                                   line(":7a"),
                                   line("0:7A"),
                                   line("0:07a"),
                                   line("0:1ffff"),
                                   line("10000:0"),
                                   line("0:7g"),
                                   line("0:-1"),
                                   line("0:0x1"),
                                   line("0:7a", " ::1 65535\r\n"),
                                   line("0:7a", " ::1 65536 80\r\n"),
                                   line("0:7a", " ::1 65535 80 \r\n"),
                                   line("0:7a", "  ::1 65535 80\r\n"),
                                   line("0:7a", " ::2 65535 80\r\n"),
                                   line("0:7a", " ::1 +1 80\r\n"),
                                   line("0:7a", " ::1 01 80\r\n"),
                                   line("0:7a", " ::1 1 80\r\r\n"),
                                   line("0:7a", " ::1 1 80 \n\r\n"),
                                   line("0:7a", std::string(107, ' ')),
                                   std::string("\r\n\r\n\x00\r\nQUIT\n", 12)}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse(wrong));
  }
  CHECK_FALSE(parse("PROXY TCP6 fc00:dead:beef:4dae"));
}
