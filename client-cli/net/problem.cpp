// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/net/problem.h"

#include <boost/json.hpp>

#include "client-cli/terminal/visible.h"

namespace candour::cli {
namespace {

struct Problem {
  std::string name, title, detail;
};

std::string text_field(const boost::json::object& object, std::string_view field) {
  const boost::json::value* value = object.if_contains(field);
  if (value == nullptr || !value->is_string()) return {};
  return std::string(value->get_string());
}

Problem parse_problem(const HttpReply& reply) {
  if (!reply.content_type.starts_with("application/problem+json")) return {};
  boost::system::error_code error;
  const boost::json::value json = boost::json::parse(as_text(reply.body), error);
  if (error || !json.is_object()) return {};
  const boost::json::object& object = json.get_object();
  Problem problem{text_field(object, "type"), text_field(object, "title"), text_field(object, "detail")};
  constexpr std::string_view prefix = "/problems/";
  problem.name = problem.name.starts_with(prefix) ? problem.name.substr(prefix.size()) : "";
  return problem;
}

Errc code_of(long status) {
  switch (status) {
    case 401:
      return Errc::refused;
    case 404:
      return Errc::not_found;
    case 409:
      return Errc::conflict;
    case 413:
      return Errc::too_large;
    case 429:
    case 503:
      return Errc::busy;
    default:
      return Errc::io;
  }
}

}  // namespace

std::string problem_name(const HttpReply& reply) { return parse_problem(reply).name; }

Failure failure_of(const HttpReply& reply) {
  const Problem problem = parse_problem(reply);
  if (problem.title.empty() && problem.detail.empty()) {
    return {code_of(reply.status),
            fmt::format("the server answers with status {}. Is this the right address of a Candour server?",
                        reply.status)};
  }
  if (problem.detail.empty()) return {code_of(reply.status), visible_line(problem.title)};
  return {code_of(reply.status), visible_line(problem.detail)};
}

}  // namespace candour::cli
