// SPDX-License-Identifier: AGPL-3.0-or-later
// The HTTP client against a server that says exactly what the test wrote down, on a Unix socket.
#include "client-cli/net/http_client.h"

#include <catch2/catch_test_macros.hpp>

#include "client-cli/net/problem.h"
#include "scripted_server.h"

namespace candour::cli {
namespace {

using namespace std::chrono_literals;
using test::answer;
using test::Server;

TEST_CASE("a request says no more than it must") {
  Server server({answer("200 OK", "hello")});
  const auto reply = server.client.send({.method = "GET", .path = "/v1/roster"});
  REQUIRE(reply);
  CHECK(as_text(reply->body) == "hello");
  CHECK(server.scripted.finish().at(0) == "GET /v1/roster HTTP/1.1\r\nHost: localhost\r\n\r\n");
}

TEST_CASE("a redirect is not followed") {
  Server server({answer("302 Found", "", "Location: http://127.0.0.1:1/\r\n")});
  CHECK(server.client.send({.method = "GET", .path = "/"}).value().status == 302);
}

TEST_CASE("a broken or busy answer is asked for again, a limited number of times") {
  Server server({"", answer("503 Busy", ""), answer("204 No Content", "")});
  const Bytes body(10, 7);
  CHECK(server.client.send({.method = "PUT", .path = "/part", .body = body}).value().status == 204);
  CHECK(server.scripted.finish().size() == 3);
  Server broken({"", "", ""});
  CHECK(broken.client.send({.method = "GET", .path = "/"}).error().code == Errc::io);
}

TEST_CASE("an expired roster does not pass by waiting") {
  Server server(
      {answer("503 Service Unavailable",
              R"({"type": "/problems/roster-expired", "title": "t", "detail": "The roster has expired."})",
              "Content-Type: application/problem+json\r\n")});
  const auto reply = server.client.send({.method = "PUT", .path = "/"});
  REQUIRE(reply);
  CHECK(problem_name(*reply) == "roster-expired");
  CHECK(failure_of(*reply).text == "The roster has expired.");
}

TEST_CASE("a download that gets on is not given up, however often it breaks off") {
  std::vector<std::string> answers{"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0"};
  for (int left = 9; left > 0; --left)
    answers.push_back("HTTP/1.1 206 Partial Content\r\nContent-Length: " + std::to_string(left) + "\r\n\r\n" +
                      std::to_string(10 - left));
  Server server(std::move(answers));
  std::string got;
  REQUIRE(server.client.download({.method = "GET", .path = "/r"}, [&](ByteView bytes) -> Outcome<> {
    got.append(as_text(bytes));
    return {};
  }));
  CHECK(got == "0123456789");
  CHECK(server.scripted.finish().size() == 10);
}

TEST_CASE("a download that breaks off goes on where it was, each byte once") {
  Server server({"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123",
                 "HTTP/1.1 206 Partial Content\r\nContent-Length: 6\r\n\r\n456",
                 "HTTP/1.1 206 Partial Content\r\nContent-Length: 3\r\n\r\n789"});
  std::string got;
  const auto reply =
      server.client.download({.method = "GET", .path = "/r"}, [&](ByteView bytes) -> Outcome<> {
        got.append(as_text(bytes));
        return {};
      });
  REQUIRE(reply);
  CHECK(got == "0123456789");
  CHECK(server.scripted.finish().at(1).find("Range: bytes=4-\r\n") != std::string::npos);
  CHECK(server.scripted.finish().at(2).find("Range: bytes=7-\r\n") != std::string::npos);
}

TEST_CASE("a server that begins again instead of going on is refused") {
  Server server({"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123", answer("200 OK", "0123456789")});
  std::string got;
  const auto reply =
      server.client.download({.method = "GET", .path = "/r"}, [&](ByteView bytes) -> Outcome<> {
        got.append(as_text(bytes));
        return {};
      });
  CHECK_FALSE(reply);
  CHECK(got == "0123");
}

TEST_CASE("an answer over the bound is refused") {
  Server server({answer("200 OK", std::string(1001, 'x'))});
  CHECK(server.client.send({.method = "GET", .path = "/"}, 1000).error().code == Errc::too_large);
}

TEST_CASE("a problem document cannot write to the terminal") {
  HttpReply reply{.status = 422, .content_type = "application/problem+json", .body = {}};
  append(reply.body, as_bytes(R"({"type": "x", "title": "t", "detail": "bad\u001b[2J\u202e"})"));
  CHECK(failure_of(reply).text == "bad\\u{1b}[2J\\u{202e}");
  reply.content_type = "text/html";
  CHECK(failure_of(reply).text.find("status 422") != std::string::npos);
}

}  // namespace
}  // namespace candour::cli
