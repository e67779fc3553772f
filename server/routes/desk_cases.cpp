// SPDX-License-Identifier: AGPL-3.0-or-later
// The end of a report at the desk (docs/spec/retention.md): closing, holds, and what two caseworkers sign. As with all of
// /v1/reports, "no such report" and "not yours" are one answer: the note is judged before anything is looked up.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "crypto/core/random.h"
#include "protocol/joint_note.h"
#include "protocol/limits.h"
#include "server/routes/answers.h"
#include "server/routes/context.h"
#include "server/routes/signed_in.h"

namespace candour::server {
namespace {

constexpr Names kNames{.not_found = Problem::no_such_report};

Response answer_of(const Result<storage::Obstacle>& outcome) {
  if (!outcome) return refusal_of(outcome.error(), kNames);
  switch (*outcome) {
    case storage::Obstacle::none:
      return empty_response();
    case storage::Obstacle::signers:
      return problem(Problem::not_signed_by_two);
    case storage::Obstacle::unopened:
      return problem(Problem::not_opened);
    case storage::Obstacle::held:
      return problem(Problem::on_hold);
    case storage::Obstacle::other_hold:
      return problem(Problem::other_hold);
    case storage::Obstacle::withdrawn:
      return problem(Problem::withdrawal_grace);
  }
  return problem(Problem::internal);
}

storage::Done<> answering(Reply reply) {
  return [reply = std::move(reply)](Result<> done) mutable {
    reply(done ? empty_response() : refusal_of(done.error(), kNames));
  };
}

storage::Done<storage::Obstacle> answering_obstacle(Reply reply) {
  return [reply = std::move(reply)](Result<storage::Obstacle> outcome) mutable { reply(answer_of(outcome)); };
}

void close(const Context& context, const ReportId& id, const CaseworkerId& caseworker, Reply reply) {
  const Policy& policy = context.roster->roster().policy;
  const auto spread = random_below(static_cast<std::uint32_t>(policy.retention_spread_days) + 1);
  const Day erase_from =
      context.day_at_least().plus(policy.retention_days + static_cast<std::int32_t>(spread));
  context.store.close_report(id, caseworker.text(), erase_from, answering_obstacle(std::move(reply)));
}

void reopen(const Context& context, const ReportId& id, const CaseworkerId& caseworker, Reply reply) {
  context.store.reopen_report(id, caseworker.text(), answering(std::move(reply)));
}

void hold(const Context& context, const ReportId& id, const CaseworkerId& caseworker, Reply reply) {
  context.store.hold_report(id, caseworker.text(), true, answering(std::move(reply)));
}

void unhold(const Context& context, const ReportId& id, const CaseworkerId& caseworker, Reply reply) {
  context.store.hold_report(id, caseworker.text(), false, answering(std::move(reply)));
}

void jointly(const Context& context, JointAct act, const ReportId& id, const Request& request,
             const CaseworkerId& caseworker, Reply reply) {
  const auto note = verify_joint(as_text(request.body), context.roster->roster());
  if (!note || note->what.act != act || note->what.report != id || !note->what.is_good_on(context.today()))
    return reply(problem(Problem::not_signed_by_two));
  std::vector<std::string> signers;
  for (const CaseworkerId& signer : note->signers) signers.push_back(signer.text());
  if (act == JointAct::hold_lift)
    return context.store.lift_holds(id, caseworker.text(), std::move(signers), note->what.hold_mark,
                                    answering_obstacle(std::move(reply)));
  context.store.erase_report(id, caseworker.text(), std::move(signers),
                             std::min(context.today(), note->what.day), answering_obstacle(std::move(reply)));
}

}  // namespace

void add_desk_case_routes(Router& router, Context& context) {
  using Handle = void (*)(const Context&, const ReportId&, const CaseworkerId&, Reply);
  const auto add = [&](Method method, std::string pattern, Handle handle) {
    router.add(
        {.method = method,
         .pattern = std::move(pattern),
         .body_bytes_max = 0,
         .handler = signed_in(context, [&context, handle](const Request& request,
                                                          const CaseworkerId& caseworker, Reply reply) {
           const auto id = ReportId::parse(request.captured[0]);
           if (!id) return reply(problem(Problem::bad_request));
           handle(context, *id, caseworker, std::move(reply));
         })});
  };
  add(Method::put, "/v1/reports/{id}/closed", close);
  add(Method::delete_, "/v1/reports/{id}/closed", reopen);
  add(Method::put, "/v1/reports/{id}/hold", hold);
  add(Method::delete_, "/v1/reports/{id}/hold", unhold);
  const auto add_joint = [&](std::string pattern, JointAct act) {
    router.add({.method = Method::post,
                .pattern = std::move(pattern),
                .body_bytes_max = limits::small_note_bytes_max,
                .handler = signed_in(context, [&context, act](const Request& request,
                                                              const CaseworkerId& caseworker, Reply reply) {
                  const auto id = ReportId::parse(request.captured[0]);
                  if (!id) return reply(problem(Problem::bad_request));
                  jointly(context, act, *id, request, caseworker, std::move(reply));
                })});
  };
  add_joint("/v1/reports/{id}/hold/lift", JointAct::hold_lift);
  add_joint("/v1/reports/{id}/erasure", JointAct::erasure);
}

}  // namespace candour::server
