// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/net/server_address.h"

#include <catch2/catch_test_macros.hpp>

namespace candour::cli {
namespace {

const std::string onion = "http://" + std::string(56, 'a') + ".onion";

TEST_CASE("an onion service goes through Tor, its name resolved there") {
  CHECK(parse_server_address(onion + "/", "").value().proxy == "socks5h://127.0.0.1:9050");
  CHECK(parse_server_address(onion + "/", "").value().origin == onion);
  CHECK(parse_server_address(onion, "127.0.0.1:9150").value().proxy == "socks5h://127.0.0.1:9150");
}

TEST_CASE("plain http only where nobody is in between") {
  CHECK(parse_server_address("http://127.0.0.1:8080", "").value().proxy.empty());
  CHECK(parse_server_address("http://localhost:8080", "").has_value());
  CHECK(parse_server_address("http://[::1]:8080", "").has_value());
  CHECK(parse_server_address("https://example.org", "").has_value());
  for (const char* open_to_all :
       {"http://example.org", "http://onion", "http://x.onion.example.org", "http://localhost.example.org",
        "http://127.0.0.1.example.org", "http://192.168.1.4:8080"}) {
    INFO(open_to_all);
    const auto address = parse_server_address(open_to_all, "");
    REQUIRE_FALSE(address.has_value());
    CHECK(address.error().code == Errc::refused);
  }
}

TEST_CASE("a Unix socket by its whole path") {
  const auto address = parse_server_address("unix:/run/candour/reporter.sock", "").value();
  CHECK(address.unix_socket == "/run/candour/reporter.sock");
  CHECK(address.proxy.empty());
  CHECK_FALSE(parse_server_address("unix:relative.sock", ""));
}

TEST_CASE("a proxy is HOST:PORT, or refused in words") {
  for (const char* good : {"127.0.0.1:9050", "localhost:1", "[::1]:9050", "proxy.example.org:65535"}) {
    INFO(good);
    CHECK(parse_server_address("https://example.org", good).value().proxy ==
          std::string("socks5h://") + good);
  }
  for (const char* bad :
       {"127.0.0.1", ":9050", "host:", "host:0", "host:65536", "host:+1", "host:9050x", "a b:1",
        "user@host:1", "socks5://host:1", "::1:9050", "[]:1", "host:1/path", "h\nx:1"}) {
    INFO(bad);
    const auto address = parse_server_address("unix:/run/x.sock", bad);
    REQUIRE_FALSE(address);
    CHECK(address.error().text.find("HOST:PORT") != std::string::npos);
  }
}

TEST_CASE("what is no server's address is refused") {
  for (const char* bad :
       {"", "example.org", "ftp://example.org", "file:///etc/passwd", "https://user:secret@example.org",
        "https://example.org/path", "https://example.org?x=1", "https://example.org#x", "https://",
        "https://exa mple.org", "https://example.org\r\nHost: x"}) {
    INFO(bad);
    CHECK_FALSE(parse_server_address(bad, ""));
  }
}

}  // namespace
}  // namespace candour::cli
