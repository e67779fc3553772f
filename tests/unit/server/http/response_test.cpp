// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/http/response.h"

#include <catch2/catch_test_macros.hpp>
#include <utility>
#include <vector>

using namespace candour::server;

TEST_CASE("a reply answers once, and a dropped one answers 500") {
  std::vector<int> answered;
  const auto collect = [&answered](const Response& response) { answered.push_back(response.status); };
  {
    Reply reply(collect);
    reply(text_response(200, "text/plain", ""));
    reply(text_response(201, "text/plain", ""));
  }
  CHECK(answered == std::vector{200});
  {
    const Reply dropped(collect);
  }
  CHECK(answered == std::vector{200, 500});
  {
    Reply first(collect);
    const Reply second(std::move(first));
  }
  CHECK(answered == std::vector{200, 500, 500});
}
