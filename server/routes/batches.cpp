// SPDX-License-Identifier: AGPL-3.0-or-later
// /v1/batches on the holders' listener (docs/spec/http.md "Holders' listener"): who holds a key of the evaluation, or a share of it, asks
// for batches and answers them. It proves that it is one of the roster's by its token, and learns nothing of whose report a batch is.
#include <cstdint>
#include <optional>
#include <utility>

#include "crypto/core/compare.h"
#include "crypto/core/encoding.h"
#include "protocol/limits.h"
#include "server/routes/answers.h"
#include "server/routes/context.h"
#include "server/routes/secret_header.h"

namespace candour::server {
namespace {

constexpr Names kNames{.not_found = Problem::no_such_batch, .conflict = Problem::different_answer};

// Its number. All of them are compared, whichever it is.
std::expected<std::uint8_t, Problem> holder_of(const Context& context, const Request& request) {
  const auto& matching = context.roster->roster().matching;
  if (!matching) return std::unexpected(Problem::not_found);
  const auto token = secret_of(request);
  if (!token) return std::unexpected(Problem::sign_in_failed);
  const Digest access = holder_access(*token);
  std::optional<std::uint8_t> number;
  for (const KeyHolder& holder : matching->holders)
    if (equal_constant_time(holder.access, access)) number = holder.number;
  if (!number) return std::unexpected(Problem::sign_in_failed);
  return *number;
}

void list(const Context& context, const Request& request, Reply reply) {
  const auto number = holder_of(context, request);
  if (!number) return reply(problem(number.error()));
  context.store.waiting_batches(*number, [reply = std::move(reply)](Result<Bytes> batches) mutable {
    if (!batches) return reply(refusal_of(batches.error(), kNames));
    reply(binary_response(std::move(*batches)));
  });
}

std::optional<Response> gate(const Context& context, const Request& request) {
  if (const auto number = holder_of(context, request); !number) return problem(number.error());
  if (request.body_bytes != limits::evaluation_bytes) return problem(Problem::wrong_size);
  return std::nullopt;
}

void answer(const Context& context, Request request, Reply reply) {
  // Once more: a roster may have come while the body was on its way.
  const auto number = holder_of(context, request);
  if (!number) return reply(problem(number.error()));
  Digest batch;
  if (!hex_decode_into(request.captured[0], batch)) return reply(problem(Problem::bad_request));
  context.store.answer_batch(batch, *number, std::move(request.body),
                             [reply = std::move(reply)](Result<> done) mutable {
                               reply(done ? empty_response() : refusal_of(done.error(), kNames));
                             });
}

}  // namespace

void add_batch_routes(Router& router, Context& context) {
  router.add({.method = Method::get,
              .pattern = "/v1/batches",
              .body_bytes_max = 0,
              .handler = [&context](const Request& request, Reply reply) {
                list(context, request, std::move(reply));
              }});
  router.add({.method = Method::put,
              .pattern = "/v1/batches/{id}",
              .body_bytes_max = limits::evaluation_bytes,
              .handler = [&context](Request request,
                                    Reply reply) { answer(context, std::move(request), std::move(reply)); },
              .gate = [&context](const Request& request) { return gate(context, request); }});
}

}  // namespace candour::server
