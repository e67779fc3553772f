// SPDX-License-Identifier: AGPL-3.0-or-later
// /v1/reports/ID/withdrawal on the reporter listener (docs/spec/retention.md): the report secret asks for it and takes it
// back. A wrong secret is refused before anything is looked up; with the right one the answer is the same whether
// there is such a report or not, so that an invented codename cannot be told from a true one.
#include <optional>
#include <string_view>
#include <utility>

#include "crypto/core/encoding.h"
#include "crypto/core/secret.h"
#include "server/routes/answers.h"
#include "server/routes/context.h"

namespace candour::server {
namespace {

bool proves(std::string_view authorization, const ReportId& id) {
  constexpr std::string_view scheme = "Secret ";
  if (!authorization.starts_with(scheme)) return false;
  Secret<32> secret;
  if (!hex_decode_into(authorization.substr(scheme.size()), secret.writable())) return false;
  return derive_report_id(secret) == id;
}

void set(const Context& context, const Request& request, std::optional<Day> asked_on, Reply reply) {
  const auto id = ReportId::parse(request.captured[0]);
  if (!id) return reply(problem(Problem::bad_request));
  if (!proves(request.authorization, *id)) return reply(problem(Problem::no_such_report));
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
