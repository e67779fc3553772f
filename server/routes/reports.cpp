// SPDX-License-Identifier: AGPL-3.0-or-later
// PUT /v1/reports/ID: a sealed report in one request. Checked by its head before its body is read, and again
// with it.
#include <optional>
#include <utility>

#include "crypto/core/hash.h"
#include "server/routes/admission.h"
#include "server/routes/answers.h"
#include "server/routes/context.h"

namespace candour::server {
namespace {

std::optional<Response> gate(const Context& context, const Request& request) {
  if (const auto closed = check_open(context.roster->roster(), context.today())) return problem(*closed);
  const auto audience = check_readers(context.roster->roster(), request.audience);
  if (!audience) return problem(audience.error());
  return std::nullopt;
}

void put_report(const Context& context, Request request, Reply reply) {
  auto audience = check_readers(context.roster->roster(), request.audience);
  const auto id = ReportId::parse(request.captured[0]);
  if (!audience || !id) return reply(problem(audience ? Problem::bad_request : audience.error()));
  if (const auto wrong = check_sealed(context.roster->roster(), *audience, request.body, request.body.size()))
    return reply(problem(*wrong));
  const Digest digest = sha256(request.body);
  context.store.accept_report(
      *id, std::move(*audience), context.today(), std::move(request.body),
      [&receipts = context.receipts, id = *id, digest,
       reply = std::move(reply)](Result<storage::Stored> stored) mutable {
        if (!stored) return reply(refusal_of(stored.error(), {.conflict = Problem::different_report}));
        reply.on_loop([&receipts, id, digest, stored = *stored] {
          return receipt_response(receipts, id, digest, stored);
        });
      });
}

}  // namespace

void add_report_routes(Router& router, Context& context) {
  router.add(
      {.method = Method::put,
       .pattern = "/v1/reports/{id}",
       .body_bytes_max = storage::Store::report_bytes_max,
       .handler = [&context](Request request,
                             Reply reply) { put_report(context, std::move(request), std::move(reply)); },
       .gate = [&context](const Request& request) { return gate(context, request); },
       .begins = Begins::report});
}

}  // namespace candour::server
