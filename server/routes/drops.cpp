// SPDX-License-Identifier: AGPL-3.0-or-later
// /v1/drops and /v1/puzzle (docs/spec/drops.md): the index, one drop, putting and erasing. On the reporter listener whoever
// has done the work puts; at the desk, whoever is signed in. A drop is answered alike whatever it is and whoever asks; nothing is
// noted of who asked for which.
#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "crypto/core/encoding.h"
#include "protocol/drop.h"
#include "server/routes/admission.h"
#include "server/routes/answers.h"
#include "server/routes/context.h"
#include "server/routes/secret_header.h"
#include "server/routes/signed_in.h"

namespace candour::server {
namespace {

constexpr Names kNames{.not_found = Problem::no_such_drop, .conflict = Problem::drop_taken};
constexpr std::chrono::seconds kIndexSoon{2};  // the first one is being made, beside the start

std::chrono::steady_clock::time_point steady_now() { return std::chrono::steady_clock::now(); }

// What the head says, before the body is read. The router and the parser have looked at the form of tag and headers.
std::optional<Problem> check_head(const Request& request, const DropTag& tag) {
  if (request.body_bytes != drop_bytes) return Problem::wrong_size;
  if (request.address.empty() || request.deletion.empty()) return Problem::bad_request;
  DropAddress address;
  if (!hex_decode_into(request.address, address.writable()) || drop_tag(address) != tag)
    return Problem::wrong_address;
  return std::nullopt;
}

std::optional<Digest> verifier_of_token(std::string_view hex) {
  DeletionToken token;
  if (!hex_decode_into(hex, token.writable())) return std::nullopt;
  return deletion_verifier(token);
}

void put(const Context& context, Request request, const DropTag& tag, storage::DropSource from, Reply reply) {
  storage::NewDrop drop{.tag = tag, .verifier = {}, .sealed = std::move(request.body)};
  if (!hex_decode_into(request.deletion, drop.verifier)) return reply(problem(Problem::bad_request));
  context.store.put_drop(std::move(drop), verifier_of_token(request.replace), from, context.day_at_least(),
                         [reply = std::move(reply)](Result<storage::DropPut> done) mutable {
                           if (!done) return reply(refusal_of(done.error(), kNames));
                           Response response;
                           response.status = *done == storage::DropPut::stored ? 201 : 200;
                           reply(std::move(response));
                         });
}

void put_anonymously(Context& context, Request request, Reply reply) {
  const auto tag = DropTag::parse(request.captured[0]);
  if (!tag) return reply(problem(Problem::bad_request));
  if (const auto wrong = problem_of(check_sealed_drop(request.body))) return reply(problem(*wrong));
  // That the puzzle is live was asked at the gate.
  const Work work = Puzzles::parse(request.work);
  if (!Puzzles::is_solved(work, *tag, request.body) || context.puzzles.was_used(work))
    return reply(problem(Problem::work_wanting));
  if (!context.puzzles.admit_put(work, context.drops_per_minute, steady_now()))
    return reply(problem(Problem::slow_down));
  put(context, std::move(request), *tag, storage::DropSource::anonymous, std::move(reply));
}

void put_signed_in(const Context& context, Request request, Reply reply) {
  const auto tag = DropTag::parse(request.captured[0]);
  if (!tag) return reply(problem(Problem::bad_request));
  if (const auto wrong = problem_of(check_sealed_drop(request.body))) return reply(problem(*wrong));
  put(context, std::move(request), *tag, storage::DropSource::caseworker, std::move(reply));
}

std::optional<Problem> check_put(const Request& request) {
  const auto tag = DropTag::parse(request.captured[0]);
  if (!tag) return Problem::bad_request;
  return check_head(request, *tag);
}

void get(const Context& context, const Request& request, Reply reply) {
  const auto tag = DropTag::parse(request.captured[0]);
  if (!tag) return reply(problem(Problem::bad_request));
  context.store.read_drop(*tag, [reply = std::move(reply)](Result<Bytes> body) mutable {
    if (!body) return reply(refusal_of(body.error(), kNames));
    reply(binary_response(std::move(*body)));
  });
}

void erase(const Context& context, const Request& request, std::string_view token, Reply reply) {
  const auto tag = DropTag::parse(request.captured[0]);
  if (!tag) return reply(problem(Problem::bad_request));
  const auto verifier = verifier_of_token(token);
  if (!verifier) return reply(problem(Problem::no_such_drop));
  context.store.erase_drop(*tag, *verifier, [reply = std::move(reply)](Result<> done) mutable {
    reply(done ? empty_response() : refusal_of(done.error(), kNames));
  });
}

void index(const Context& context, Reply reply) {
  if (!context.drop_index) return reply(busy_for(kIndexSoon));
  reply(shared_response("application/octet-stream",
                        {.owner = context.drop_index, .bytes = *context.drop_index}));
}

void puzzle(Context& context, Reply reply) {
  const Puzzle made = context.puzzles.make(steady_now());
  reply(json_response(200, fmt::format(R"({{"puzzle": "{}", "bits": {}}})", hex_encode(made), made[0])));
}

}  // namespace

void add_drop_routes(Router& router, Context& context) {
  router.add({.method = Method::get,
              .pattern = "/v1/drops",
              .body_bytes_max = 0,
              .handler = [&context](const Request&, Reply reply) { index(context, std::move(reply)); }});
  router.add({.method = Method::get,
              .pattern = "/v1/puzzle",
              .body_bytes_max = 0,
              .handler = [&context](const Request&, Reply reply) { puzzle(context, std::move(reply)); }});
  router.add({.method = Method::get,
              .pattern = "/v1/drops/{tag}",
              .body_bytes_max = 0,
              .handler = [&context](const Request& request,
                                    Reply reply) { get(context, request, std::move(reply)); },
              .answer_bytes_max = drop_bytes});
  router.add(
      {.method = Method::put,
       .pattern = "/v1/drops/{tag}",
       .body_bytes_max = drop_bytes,
       .handler = [&context](Request request,
                             Reply reply) { put_anonymously(context, std::move(request), std::move(reply)); },
       .gate = [&context](const Request& request) -> std::optional<Response> {
         if (const auto wrong = check_put(request)) return problem(*wrong);
         if (!context.puzzles.is_live(Puzzles::parse(request.work).puzzle, steady_now()))
           return problem(Problem::work_wanting);
         return std::nullopt;
       },
       .begins = Begins::drop});
  router.add({.method = Method::delete_,
              .pattern = "/v1/drops/{tag}",
              .body_bytes_max = 0,
              .handler =
                  [&context](const Request& request, Reply reply) {
                    erase(context, request, secret_text(request), std::move(reply));
                  },
              .begins = Begins::drop});
}

void add_desk_drop_routes(Router& router, Context& context) {
  router.add(
      {.method = Method::get,
       .pattern = "/v1/drops/{tag}",
       .body_bytes_max = 0,
       .handler = signed_in(context, [&context](const Request& request, const CaseworkerId&,
                                                Reply reply) { get(context, request, std::move(reply)); }),
       .answer_bytes_max = drop_bytes});
  router.add({.method = Method::put,
              .pattern = "/v1/drops/{tag}",
              .body_bytes_max = drop_bytes,
              .handler = signed_in(context,
                                   [&context](Request request, const CaseworkerId&, Reply reply) {
                                     put_signed_in(context, std::move(request), std::move(reply));
                                   }),
              .gate = put_by_signed_in(
                  context, [](const Request& request, const CaseworkerId&) { return check_put(request); }),
              .begins = Begins::drop});
  router.add({.method = Method::delete_,
              .pattern = "/v1/drops/{tag}",
              .body_bytes_max = 0,
              .handler = signed_in(context,
                                   [&context](const Request& request, const CaseworkerId&, Reply reply) {
                                     erase(context, request, request.replace, std::move(reply));
                                   }),
              .begins = Begins::drop});
}

}  // namespace candour::server
