// SPDX-License-Identifier: AGPL-3.0-or-later
// /v1/reports/ID/evaluation and /companion on the reporter listener (docs/spec/matching.md "Asking"): what follows a report, for who made
// it. Nothing here where the roster has no `matching`; a wrong secret is refused before anything is looked up.
#include <optional>
#include <utility>

#include "protocol/limits.h"
#include "protocol/sealed_event.h"
#include "server/routes/admission.h"
#include "server/routes/answers.h"
#include "server/routes/context.h"
#include "server/routes/secret_header.h"

namespace candour::server {
namespace {

// Of the most places that a roster may have; the gate looks for those of this one.
std::size_t companion_bytes_max() { return static_cast<std::size_t>(sealed_event_bytes(limits::places_max)); }

std::optional<Problem> check_author(const Context& context, const Request& request) {
  if (!context.roster->roster().matching) return Problem::not_found;
  const auto id = ReportId::parse(request.captured[0]);
  if (!id) return Problem::bad_request;
  if (!proves(request, *id)) return Problem::no_such_report;
  return std::nullopt;
}

// Of what is put: as for a report, the roster must be valid.
std::optional<Problem> check_author_puts(const Context& context, const Request& request) {
  if (const auto wrong = check_author(context, request)) return wrong;
  return check_open(context.roster->roster(), context.today());
}

std::optional<Problem> check_batch(const Context& context, const Request& request) {
  if (const auto wrong = check_author_puts(context, request)) return wrong;
  if (request.body_bytes != limits::blinded_batch_bytes) return Problem::wrong_size;
  return std::nullopt;
}

std::optional<Problem> check_companion(const Context& context, const Request& request) {
  if (const auto wrong = check_author_puts(context, request)) return wrong;
  if (const auto readers = check_group(context.roster->roster(), request.audience); !readers)
    return readers.error();
  if (request.body_bytes != sealed_event_bytes(context.roster->roster().places)) return Problem::wrong_size;
  return std::nullopt;
}

std::optional<Response> refused(std::optional<Problem> wrong) {
  if (!wrong) return std::nullopt;
  return problem(*wrong);
}

auto answers_to(Reply reply) {
  return [reply = std::move(reply)](Result<Bytes> answers) mutable {
    if (!answers)
      return reply(refusal_of(answers.error(),
                              {.not_found = Problem::no_such_report, .conflict = Problem::different_batch}));
    reply(binary_response(std::move(*answers)));
  };
}

// The gate's questions once more: a roster may have come while the body was on its way.
void put_batch(const Context& context, Request request, Reply reply) {
  const auto id = ReportId::parse(request.captured[0]);
  const auto wrong = check_batch(context, request);
  if (!id || wrong) return reply(problem(wrong.value_or(Problem::bad_request)));
  context.store.ask_evaluation(*id, std::move(request.body), context.today(), answers_to(std::move(reply)));
}

void get_answers(const Context& context, const Request& request, Reply reply) {
  const auto id = ReportId::parse(request.captured[0]);
  if (!id) return reply(problem(Problem::bad_request));
  context.store.evaluation_answers(*id, answers_to(std::move(reply)));
}

void put_companion(const Context& context, Request request, Reply reply) {
  const Roster& roster = context.roster->roster();
  const auto id = ReportId::parse(request.captured[0]);
  const auto wrong = check_companion(context, request);
  if (!id || wrong) return reply(problem(wrong.value_or(Problem::bad_request)));
  auto readers = check_group(roster, request.audience);
  if (!readers) return reply(problem(readers.error()));
  if (const auto unsealed = problem_of(check_sealed_event(request.body, roster.places)))
    return reply(problem(*unsealed));
  const EventId event = event_id(request.body);
  context.store.put_companion(
      *id, {.id = event, .audience = std::move(*readers), .sealed = std::move(request.body)}, context.today(),
      context.event_lasts(), [reply = std::move(reply)](Result<storage::CompanionPut> put) mutable {
        if (!put)
          return reply(refusal_of(
              put.error(), {.not_found = Problem::no_such_report, .conflict = Problem::different_companion}));
        Response response;
        response.status = *put == storage::CompanionPut::stored ? 201 : 200;
        reply(std::move(response));
      });
}

}  // namespace

void add_evaluation_routes(Router& router, Context& context) {
  router.add(
      {.method = Method::put,
       .pattern = "/v1/reports/{id}/evaluation",
       .body_bytes_max = limits::blinded_batch_bytes,
       .handler = [&context](Request request,
                             Reply reply) { put_batch(context, std::move(request), std::move(reply)); },
       .gate = [&context](const Request& request) { return refused(check_batch(context, request)); },
       .begins = Begins::companion});
  router.add(
      {.method = Method::get,
       .pattern = "/v1/reports/{id}/evaluation",
       .body_bytes_max = 0,
       .handler = [&context](const Request& request,
                             Reply reply) { get_answers(context, request, std::move(reply)); },
       .gate = [&context](const Request& request) { return refused(check_author(context, request)); }});
  router.add(
      {.method = Method::put,
       .pattern = "/v1/reports/{id}/companion",
       .body_bytes_max = companion_bytes_max(),
       .handler = [&context](Request request,
                             Reply reply) { put_companion(context, std::move(request), std::move(reply)); },
       .gate = [&context](const Request& request) { return refused(check_companion(context, request)); },
       .begins = Begins::companion});
}

}  // namespace candour::server
