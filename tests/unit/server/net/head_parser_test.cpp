// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/net/head_parser.h"

#include <catch2/catch_test_macros.hpp>
#include <cstddef>
#include <string>
#include <string_view>

using namespace candour::server;

namespace {

auto parse(std::string_view text) { return parse_head(candour::as_bytes(text)); }

}  // namespace

TEST_CASE("a head and where the body begins") {
  const std::string text =
      "PUT /v1/reports/ab?c=d HTTP/1.1\r\nHost: x\r\ncandour-audience: ada,bo\r\nContent-Length: 5\r\n"
      "Expect: 100-Continue\r\nAuthorization: Bearer t\r\nRange: bytes=1-\r\n\r\nhello";
  const auto head = parse(text);
  REQUIRE(head);
  REQUIRE(*head);
  const RequestHead& h = **head;
  CHECK(h.request.method == Method::put);
  CHECK(h.request.path == "/v1/reports/ab");
  CHECK(h.request.query == "c=d");
  CHECK(h.request.audience == "ada,bo");
  CHECK(h.request.authorization == "Bearer t");
  CHECK(h.request.range == "bytes=1-");
  CHECK(h.bytes == text.size() - 5);
  CHECK(h.request.body_bytes == 5);
  CHECK(h.keep_alive);
  CHECK(h.expects_continue);
}

TEST_CASE("the headers of a drop carry 32 bytes each in hex, once, or are not there") {
  const std::string value(64, 'a');
  const auto head = [](const std::string& lines) {
    return parse("PUT /v1/drops/00 HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n");
  };
  const auto all = head("candour-address: " + value + "\r\nCandour-Deletion: " + std::string(64, '1') +
                        "\r\nCandour-Replace: " + std::string(64, '2') +
                        "\r\nCandour-Work: " + std::string(64, '3') + "\r\n");
  REQUIRE(all);
  REQUIRE(*all);
  CHECK((*all)->request.address == value);
  CHECK((*all)->request.deletion == std::string(64, '1'));
  CHECK((*all)->request.replace == std::string(64, '2'));
  CHECK((*all)->request.work == std::string(64, '3'));
  CHECK((**head("")).request.address.empty());
  for (const std::string_view name :
       {"Candour-Address", "Candour-Deletion", "Candour-Replace", "Candour-Work"}) {
    for (const std::string& wrong :
         {std::string(), value + "a", value.substr(1), value.substr(1) + "A", value.substr(1) + "g",
          value + "\r\n" + std::string(name) + ": " + value}) {
      CAPTURE(name, wrong);
      CHECK(head(std::string(name) + ": " + wrong + "\r\n").error() == Problem::bad_request);
    }
  }
}

TEST_CASE("every prefix of a head asks for more") {
  const std::string text = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  for (std::size_t size = 0; size < text.size(); ++size) {
    const auto head = parse(text.substr(0, size));
    REQUIRE(head);
    CHECK_FALSE(*head);
  }
}

TEST_CASE("a connection ends when the peer says so, or speaks HTTP/1.0") {
  CHECK_FALSE((**parse("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).keep_alive);
  CHECK_FALSE((**parse("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")).keep_alive);
}

TEST_CASE("8 KiB and no more") {
  const std::string start = "GET / HTTP/1.1\r\nHost: x\r\nX: ";
  const auto full = parse(start + std::string(head_bytes_max - start.size() - 4, 'a') + "\r\n\r\n");
  REQUIRE(full);
  REQUIRE(*full);
  CHECK((*full)->bytes == head_bytes_max);
  CHECK(parse(start + std::string(head_bytes_max - start.size() - 3, 'a') + "\r\n\r\n").error() ==
        Problem::headers_too_large);
  CHECK(parse(std::string(head_bytes_max, 'a')).error() == Problem::headers_too_large);
}

TEST_CASE("no two readers may disagree where a request ends") {
  for (const std::string_view lines :
       {"Content-Length: 4\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Length: 4",
        "Content-Length: 4\r\nContent-Length: 4", "Content-Length: 4, 4", "Content-Length: 04",
        "Content-Length: +4", "Content-Length:", "X: a\r\n b", "X: a\r\n\tb", "Transfer-Encoding : chunked",
        "X: a\nContent-Length: 4"}) {
    CAPTURE(lines);
    CHECK_FALSE(parse("POST / HTTP/1.1\r\nHost: x\r\n" + std::string(lines) + "\r\n\r\n"));
  }
  CHECK(parse("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n").error() ==
        Problem::length_required);
}
