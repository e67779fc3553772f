// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/net/problem.h"

#include "client-cli/terminal/visible.h"
#include "protocol/json.h"
#include "protocol/limits.h"

namespace candour::cli {
namespace {

struct Problem {
  std::string name, title, detail;
};

std::string text_field(const json::Fields& fields, std::string_view name) {
  const json::Value* value = fields.find(name);
  return value == nullptr || value->text() == nullptr ? std::string() : *value->text();
}

Problem parse_problem(const HttpReply& reply) {
  if (!reply.content_type.starts_with("application/problem+json")) return {};
  const auto value = json::parse(as_text(reply.body), reply.body.size(), limits::json_depth_max);
  if (!value) return {};
  const auto fields = json::Fields::of(*value, "a problem document is an object");
  if (!fields) return {};
  Problem problem{text_field(*fields, "type"), text_field(*fields, "title"), text_field(*fields, "detail")};
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

Outcome<HttpReply> accepted(Outcome<HttpReply> reply) {
  if (!reply) return reply;
  if (!reply->ok()) return std::unexpected(failure_of(*reply));
  return reply;
}

}  // namespace candour::cli
