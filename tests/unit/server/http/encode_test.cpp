// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/http/encode.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string_view>

#include "server/http/problem.h"

using namespace candour::server;

TEST_CASE("a head ends with an empty line and holds length, own and fixed headers") {
  const Response response = text_response(201, "text/plain", "abc");
  const std::string head = encode_head(response, true, Listens::to_reporters);
  CHECK(head.starts_with("HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n"));
  CHECK(head.ends_with("\r\n\r\n"));
  CHECK(head.contains(fixed_headers(Listens::to_reporters)));
  CHECK_FALSE(head.contains("Connection:"));
  CHECK(encode_head(response, false, Listens::to_reporters).contains("\r\nConnection: close\r\n"));
}

TEST_CASE("204 has neither body nor length") {
  CHECK_FALSE(encode_head(empty_response(), true, Listens::to_reporters).contains("Content-Length"));
}

TEST_CASE("the policy is one header without a comma, and lets nothing from elsewhere in") {
  const std::string_view fixed = fixed_headers(Listens::to_reporters);
  const auto start = fixed.find("Content-Security-Policy: ");
  REQUIRE(start == 0);
  const std::string_view policy = fixed.substr(0, fixed.find("\r\n"));
  CHECK_FALSE(policy.contains(','));
  CHECK(policy.contains("default-src 'none'"));
  for (const std::string_view never : {"unsafe", "http:", "https:", "*", "data:"})
    CHECK_FALSE(policy.contains(never));
  CHECK_FALSE(fixed.substr(policy.size()).contains("Content-Security-Policy"));
}

TEST_CASE("every problem has a reason phrase of its own status") {
  for (int n = 0; n < static_cast<int>(Problem::count_); ++n) {
    const Response response = problem(static_cast<Problem>(n));
    const std::string head = encode_head(response, true, Listens::to_reporters);
    if (response.status != 500) CHECK_FALSE(head.contains("Internal Server Error"));
  }
}

TEST_CASE("the headers of a listener are exactly these") {
  CHECK(
      fixed_headers(Listens::to_reporters) ==
      "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' "
      "blob:; "
      "media-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'self'; "
      "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types candour\r\n"
      "Cache-Control: no-store\r\n"
      "Referrer-Policy: no-referrer\r\n"
      "X-Content-Type-Options: nosniff\r\n"
      "Cross-Origin-Opener-Policy: same-origin\r\n"
      "Cross-Origin-Embedder-Policy: require-corp\r\n"
      "Cross-Origin-Resource-Policy: same-origin\r\n"
      "Permissions-Policy: camera=(self), display-capture=(), geolocation=(), microphone=(self), payment=(), "
      "usb=()\r\n");
  const std::string_view strict = fixed_headers(Listens::to_tools);
  CHECK(strict.starts_with(
      "Content-Security-Policy: default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors "
      "'none'; "
      "require-trusted-types-for 'script'; trusted-types 'none'; sandbox\r\nCache-Control: no-store\r\n"));
  CHECK(
      strict.ends_with("Permissions-Policy: camera=(), display-capture=(), geolocation=(), microphone=(), "
                       "payment=(), usb=()\r\n"));
  CHECK_FALSE(strict.contains("self"));
}
