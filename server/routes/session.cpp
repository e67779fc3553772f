// SPDX-License-Identifier: AGPL-3.0-or-later
// /v1/session: signing in and out at the desk. A failed sign-in is one answer, whatever failed.
#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <utility>

#include "crypto/core/encoding.h"
#include "protocol/session_note.h"
#include "server/http/problem.h"
#include "server/routes/context.h"
#include "server/routes/signed_in.h"

namespace candour::server {
namespace {

constexpr std::size_t kNoteBytesMax = std::size_t{16} << 10;

std::int64_t unix_seconds(std::chrono::system_clock::time_point time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

void make_nonce(Context& context, Reply& reply) {
  const Nonce nonce = context.sessions.make_nonce(std::chrono::steady_clock::now());
  reply(json_response(200, fmt::format(R"({{"nonce": "{}", "expires": {}}})", base64_encode(nonce),
                                       unix_seconds(context.now() + Sessions::nonce_life))));
}

// The token, if everything about the note is right.
std::optional<std::string> sign_in(Context& context, std::string_view note) {
  const auto claimed = claimed_caseworker(note);
  if (!claimed) return std::nullopt;
  const Caseworker* caseworker = context.roster->roster().find_active(*claimed);
  if (caseworker == nullptr) return std::nullopt;
  const auto request = verify_session(note, caseworker->signing_key);
  if (!request || request->origin != context.desk_origin) return std::nullopt;
  if (unix_seconds(context.now()) >= static_cast<std::int64_t>(request->expires_unix_seconds))
    return std::nullopt;
  const auto now = std::chrono::steady_clock::now();
  if (!context.sessions.take_nonce(request->nonce, now)) return std::nullopt;
  return context.sessions.sign_in(*caseworker, now);
}

}  // namespace

void add_session_routes(Router& router, Context& context) {
  router.add({.method = Method::post,
              .pattern = "/v1/session/nonce",
              .body_bytes_max = 0,
              .handler = [&context](const Request&, Reply reply) { make_nonce(context, reply); }});
  router.add({.method = Method::post,
              .pattern = "/v1/session",
              .body_bytes_max = kNoteBytesMax,
              .handler = [&context](const Request& request, Reply reply) {
                const auto token = sign_in(context, as_text(request.body));
                if (!token) return reply(problem(Problem::sign_in_failed));
                reply(json_response(201, fmt::format(R"({{"token": "{}", "idle_seconds": {}}})", *token,
                                                     std::chrono::seconds(Sessions::idle_max).count())));
              }});
  router.add({.method = Method::delete_,
              .pattern = "/v1/session",
              .body_bytes_max = 0,
              .handler = signed_in(context, [&context](Request request, const CaseworkerId&, Reply reply) {
                context.sessions.sign_out(bearer_token(request));
                reply(empty_response());
              })});
}

}  // namespace candour::server
