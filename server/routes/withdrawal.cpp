// SPDX-License-Identifier: AGPL-3.0-or-later
// /v1/reports/ID/withdrawal on the reporter listener (docs/spec/retention.md): the report secret asks for it and takes it
// back. A wrong secret is refused before anything is looked up; with the right one the answer is the same whether
// there is such a report or not, so that an invented codename cannot be told from a true one.
#include <optional>
#include <utility>

#include "server/routes/answers.h"
#include "server/routes/context.h"
#include "server/routes/secret_header.h"

namespace candour::server {
namespace {

void set(const Context& context, const Request& request, std::optional<Day> asked_on, Reply reply) {
  const auto id = ReportId::parse(request.captured[0]);
  if (!id) return reply(problem(Problem::bad_request));
  if (!proves(request, *id)) return reply(problem(Problem::no_such_report));
  context.store.withdraw_report(*id, asked_on, [reply = std::move(reply)](Result<> done) mutable {
    reply(done ? empty_response() : refusal_of(done.error(), {}));
  });
}

}  // namespace

void add_withdrawal_routes(Router& router, Context& context) {
  router.add({.method = Method::put,
              .pattern = "/v1/reports/{id}/withdrawal",
              .body_bytes_max = 0,
              .handler =
                  [&context](const Request& request, Reply reply) {
                    set(context, request, context.day_at_least(), std::move(reply));
                  },
              .begins = Begins::drop});
  router.add({.method = Method::delete_,
              .pattern = "/v1/reports/{id}/withdrawal",
              .body_bytes_max = 0,
              .handler = [&context](const Request& request,
                                    Reply reply) { set(context, request, std::nullopt, std::move(reply)); },
              .begins = Begins::drop});
}

}  // namespace candour::server
