// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/http/encode.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string_view>

#include "server/http/problem.h"

using namespace candour::server;

TEST_CASE("a head ends with an empty line and holds length, own and fixed headers") {
  const Response response = text_response(201, "text/plain", "abc");
  const std::string head = encode_head(response, true);
  CHECK(head.starts_with("HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n"));
  CHECK(head.ends_with("\r\n\r\n"));
  CHECK(head.contains(fixed_headers()));
  CHECK_FALSE(head.contains("Connection:"));
  CHECK(encode_head(response, false).contains("\r\nConnection: close\r\n"));
}

TEST_CASE("204 has neither body nor length") {
  CHECK_FALSE(encode_head(empty_response(), true).contains("Content-Length"));
}

TEST_CASE("the policy is one header without a comma, and lets nothing from elsewhere in") {
  const std::string_view fixed = fixed_headers();
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
    const std::string head = encode_head(response, true);
    if (response.status != 500) CHECK_FALSE(head.contains("Internal Server Error"));
  }
}
