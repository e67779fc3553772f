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

Handler signed_in(Context& context, SignedInHandler handler) {
  return [&context, handler = std::move(handler)](Request request, Reply reply) {
    const auto caseworker = context.sessions.find(bearer_token(request), context.roster->roster(),
                                                  std::chrono::steady_clock::now());
    if (!caseworker) return reply(problem(Problem::sign_in_again));
    handler(std::move(request), *caseworker, std::move(reply));
  };
}

}  // namespace candour::server
