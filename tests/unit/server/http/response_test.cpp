// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/http/response.h"

#include <catch2/catch_test_macros.hpp>
#include <utility>
#include <vector>

using namespace candour::server;

TEST_CASE("a reply answers once, and a dropped one answers 500") {
  std::vector<int> answered;
  const auto collect = [&answered](Reply::Make make) { answered.push_back(make().status); };
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

TEST_CASE("an answer that takes work is made where the reply is sent from, and not before") {
  bool made = false;
  Reply::Make waiting;
  Reply reply([&waiting](Reply::Make make) { waiting = std::move(make); });
  reply.on_loop([&made] {
    made = true;
    return text_response(201, "text/plain", "");
  });
  CHECK_FALSE(made);
  CHECK(waiting().status == 201);
  CHECK(made);
}
