// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/http/router.h"

#include <catch2/catch_test_macros.hpp>
#include <optional>
#include <string>
#include <utility>

#include "server/http/problem.h"

using namespace candour::server;

namespace {

const std::string kId(64, 'a');

Router sample() {
  const Handler nothing = [](const Request&, Reply reply) { reply(empty_response()); };
  Router router;
  router.add({.method = Method::get, .pattern = "/", .body_bytes_max = 0, .handler = nothing});
  router.add({.method = Method::put, .pattern = "/v1/uploads/{id}", .body_bytes_max = 1, .handler = nothing});
  router.add({.method = Method::get, .pattern = "/v1/uploads/{id}", .body_bytes_max = 2, .handler = nothing});
  router.add({.method = Method::put,
              .pattern = "/v1/uploads/{id}/parts/{number}",
              .body_bytes_max = 3,
              .handler = nothing});
  router.add({.method = Method::get, .pattern = "/v1/drops/{tag}", .body_bytes_max = 5, .handler = nothing});
  router.add(
      {.method = Method::post,
       .pattern = "/gated",
       .body_bytes_max = 4,
       .handler = nothing,
       .gate = [](const Request&) -> std::optional<Response> { return problem(Problem::roster_expired); }});
  return router;
}

// The body bound of the route found, or the status of the refusal.
int find(Method method, std::string path) {
  const Router router = sample();
  Request request{.method = method, .path = std::move(path)};
  const auto found = router.find(request);
  return found ? static_cast<int>((*found)->body_bytes_max) : found.error().status;
}

}  // namespace

TEST_CASE("method and path lead to a route") {
  CHECK(find(Method::get, "/") == 0);
  CHECK(find(Method::head, "/") == 0);
  CHECK(find(Method::put, "/v1/uploads/" + kId) == 1);
  CHECK(find(Method::get, "/v1/uploads/" + kId) == 2);
  CHECK(find(Method::put, "/v1/uploads/" + kId + "/parts/0") == 3);
  CHECK(find(Method::put, "/v1/uploads/" + kId + "/parts/999999") == 3);
}

TEST_CASE("a tag is 16 hex digits in lower case") {
  CHECK(find(Method::get, "/v1/drops/0123456789abcdef") == 5);
  for (const std::string path :
       {"/v1/drops/", "/v1/drops/0123456789abcde", "/v1/drops/0123456789abcdef0",
        "/v1/drops/0123456789ABCDEF", "/v1/drops/0123456789abcdeg", "/v1/drops/{tag}"})
    CHECK(find(Method::get, path) == 404);
}

TEST_CASE("what is not quite the pattern is not found") {
  for (const std::string& path :
       {std::string(), std::string("//"), "/v1/uploads/" + kId + "/", "/v1/uploads/" + kId + "a",
        "/v1/uploads/" + kId.substr(1), "/v1/uploads/" + kId.substr(1) + "A", std::string("/v1/uploads/"),
        std::string("/v1/uploads/{id}"), "/v1/uploads/" + kId + "/parts/", "/v1/uploads/" + kId + "/parts/01",
        "/v1/uploads/" + kId + "/parts/1000000", "/v1/uploads/" + kId + "/parts/-1", "v1/uploads/" + kId}) {
    CAPTURE(path);
    CHECK(find(Method::put, path) == 404);
  }
}

TEST_CASE("captures are those of the route that was found") {
  const Router router = sample();
  Request request{.method = Method::put, .path = "/v1/uploads/" + kId + "/parts/7"};
  REQUIRE(router.find(request));
  CHECK(request.captured[0] == kId);
  CHECK(request.captured[1] == "7");
}

TEST_CASE("a wrong method is told the right ones") {
  const Router router = sample();
  Request request{.method = Method::other, .path = "/v1/uploads/" + kId};
  const auto found = router.find(request);
  REQUIRE_FALSE(found);
  CHECK(found.error().status == 405);
  CHECK(found.error().headers.back().value == "PUT, GET, HEAD");
}

TEST_CASE("a gate refuses before the body") { CHECK(find(Method::post, "/gated") == 503); }
