// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/routes/signed_in.h"

#include <chrono>
#include <utility>

#include "server/http/problem.h"

namespace candour::server {

std::string_view bearer_token(const Request& request) {
  constexpr std::string_view scheme = "Bearer ";
  std::string_view value = request.authorization;
  if (!value.starts_with(scheme)) return {};
  value.remove_prefix(scheme.size());
  return value;
}

namespace {

std::optional<CaseworkerId> who_asks(Context& context, const Request& request, Sessions::Steady now) {
  return context.sessions.find(bearer_token(request), context.roster->roster(), now);
}

}  // namespace

Handler signed_in(Context& context, SignedInHandler handler) {
  return [&context, handler = std::move(handler)](Request request, Reply reply) {
    const auto caseworker = who_asks(context, request, std::chrono::steady_clock::now());
    if (!caseworker) return reply(problem(Problem::sign_in_again));
    handler(std::move(request), *caseworker, std::move(reply));
  };
}

Gate put_by_signed_in(Context& context, SignedInCheck check) {
  return [&context, check = std::move(check)](const Request& request) -> std::optional<Response> {
    const auto now = std::chrono::steady_clock::now();
    const auto caseworker = who_asks(context, request, now);
    if (!caseworker) return problem(Problem::sign_in_again);
    if (const auto wrong = check(request, *caseworker)) return problem(*wrong);
    if (!context.put_pace.admit(*caseworker, context.caseworker_puts_per_minute, now))
      return problem(Problem::slow_down);
    return std::nullopt;
  };
}

}  // namespace candour::server
