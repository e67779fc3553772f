// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/http/problem.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <set>
#include <string>
#include <string_view>
#include <variant>

using namespace candour::server;

namespace {

std::string body_of(const Response& response) {
  return std::string(candour::as_text(std::get<candour::Bytes>(response.body)));
}

}  // namespace

TEST_CASE("every problem has a name, a status and texts that need no escaping") {
  std::set<std::string_view> names;
  for (int n = 0; n < static_cast<int>(Problem::count_); ++n) {
    const auto one = static_cast<Problem>(n);
    CHECK(names.insert(problem_name(one)).second);
    CHECK(problem_status(one) >= 400);
    const std::string body = body_of(problem(one));
    CAPTURE(body);
    CHECK(std::ranges::count(body, '"') == 14);  // four members, three of them strings
    CHECK_FALSE(body.contains('\\'));
    CHECK(body.contains(".\"}"));
  }
}

TEST_CASE("the order of the texts is that of the enumeration") {
  CHECK(problem_name(Problem::bad_request) == "bad-request");
  CHECK(problem_name(Problem::no_such_report) == "no-such-report");
  CHECK(problem_name(Problem::parts_missing) == "parts-missing");
  CHECK(problem_name(Problem::not_sealed) == "not-sealed");
  CHECK(problem_name(Problem::headers_too_large) == "headers-too-large");
  CHECK(problem_name(Problem::internal) == "internal");
  CHECK(problem_name(Problem::busy) == "busy");
  CHECK(problem_name(Problem::roster_expired) == "roster-expired");
}

TEST_CASE("a problem may carry one more member") {
  CHECK(body_of(problem(Problem::parts_missing, R"("missing": [[0, 3]])"))
            .ends_with(R"(, "missing": [[0, 3]]})"));
}
