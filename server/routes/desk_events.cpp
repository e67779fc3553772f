// SPDX-License-Identifier: AGPL-3.0-or-later
// /v1/events at the desk (docs/spec/cases.md "At the server"): sealed boxes of one size, which the caseworker who is signed in puts,
// lists by their day, reads, keeps, and erases with a colleague. "No such event" and "not yours" are one answer: an excluded
// caseworker sees no trace.
#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "protocol/joint_note.h"
#include "protocol/limits.h"
#include "protocol/lines.h"
#include "protocol/sealed_event.h"
#include "server/http/fields.h"
#include "server/routes/admission.h"
#include "server/routes/answers.h"
#include "server/routes/context.h"
#include "server/routes/signed_in.h"

namespace candour::server {
namespace {

constexpr std::size_t kListMax = 1000;
constexpr std::size_t kIdLineBytes = 65;
constexpr std::size_t kListBytesMax = kListMax * 104 + 64;  // as JSON
constexpr Names kNames{.conflict = Problem::different_event};

// Of the most places that a roster may have: an event is read as long as it is there, whatever the roster says by then.
std::size_t event_bytes_max() { return static_cast<std::size_t>(sealed_event_bytes(limits::places_max)); }

std::expected<storage::Audience, Problem> check_event_readers(const Context& context, const Request& request,
                                                              const CaseworkerId& caseworker) {
  auto audience = check_readers(context.roster->roster(), request.audience);
  if (audience && !audience->contains(caseworker.text())) return std::unexpected(Problem::unknown_audience);
  return audience;
}

// What the head says, before the body is read.
std::optional<Problem> check_head(const Context& context, const Request& request,
                                  const CaseworkerId& caseworker) {
  const auto audience = check_event_readers(context, request, caseworker);
  if (!audience) return audience.error();
  if (request.body_bytes != sealed_event_bytes(context.roster->roster().places)) return Problem::wrong_size;
  return std::nullopt;
}

void put(const Context& context, Request request, const CaseworkerId& caseworker, Reply reply) {
  // Once more: a roster may have come while the body was on its way.
  auto audience = check_event_readers(context, request, caseworker);
  const auto id = EventId::parse(request.captured[0]);
  if (!audience || !id) return reply(problem(audience ? Problem::bad_request : audience.error()));
  if (const auto wrong = problem_of(check_sealed_event(request.body, context.roster->roster().places)))
    return reply(problem(*wrong));
  if (event_id(request.body) != *id) return reply(problem(Problem::wrong_hash));
  context.store.put_event({.id = *id, .audience = std::move(*audience), .sealed = std::move(request.body)},
                          context.today(), context.event_lasts(),
                          [reply = std::move(reply)](Result<storage::EventPut> done) mutable {
                            if (!done) return reply(refusal_of(done.error(), kNames));
                            Response response;
                            response.status = *done == storage::EventPut::stored ? 201 : 200;
                            reply(std::move(response));
                          });
}

std::string encode_page(const storage::EventPage& page) {
  std::string events;
  for (const storage::DatedEvent& event : page.events)
    events += fmt::format(R"({}{{"day": "{}", "id": "{}"}})", events.empty() ? "" : ", ", event.day.encode(),
                          event.id.encode());
  return fmt::format(R"({{"events": [{}], "more": {}}})", events, page.more);
}

// from=DAY, all of that day among them; or after=DAY.HEX.
Result<storage::DatedEvent> parse_start(const Request& request) {
  constexpr std::size_t kDayBytes = 10;
  const auto from = query_value(request.query, "from");
  const auto after = query_value(request.query, "after");
  if (from.has_value() == after.has_value()) return fail(Errc::malformed, "a day to begin with is asked for");
  const auto text = from ? *from : *after;
  const auto day = Day::parse(text.substr(0, after ? kDayBytes : text.size()));
  if (!day) return fail(day);
  storage::DatedEvent start{*day, {}};  // no event has the id of zeros
  if (from) return start;
  if (!text.substr(kDayBytes).starts_with('.')) return fail(Errc::malformed, "an id follows the day");
  const auto id = EventId::parse(text.substr(kDayBytes + 1));
  if (!id) return fail(id);
  start.id = *id;
  return start;
}

void list(const Context& context, const Request& request, const CaseworkerId& caseworker, Reply reply) {
  const auto start = parse_start(request);
  if (!start) return reply(problem(Problem::bad_request));
  context.store.list_events(caseworker.text(), *start, kListMax,
                            [reply = std::move(reply)](Result<storage::EventPage> page) mutable {
                              if (!page) return reply(refusal_of(page.error(), kNames));
                              reply(json_response(200, encode_page(*page)));
                            });
}

// One on each line, 1 to `max`.
std::optional<std::vector<EventId>> parse_ids(ByteView body, std::size_t max) {
  Lines lines(as_text(body));
  std::vector<EventId> ids;
  while (!lines.at_end()) {
    const auto line = lines.next();
    const auto id = line ? EventId::parse(*line) : fail(Errc::malformed, "a line has no end");
    if (!id || ids.size() == max) return std::nullopt;
    ids.push_back(*id);
  }
  if (ids.empty()) return std::nullopt;
  return ids;
}

void read(const Context& context, const Request& request, const CaseworkerId& caseworker, Reply reply) {
  auto ids = parse_ids(request.body, limits::events_read_max);
  if (!ids) return reply(problem(Problem::bad_request));
  context.store.read_events(std::move(*ids), caseworker.text(),
                            [reply = std::move(reply)](Result<std::vector<Bytes>> bodies) mutable {
                              if (!bodies) return reply(refusal_of(bodies.error(), kNames));
                              Bytes all;
                              for (const Bytes& body : *bodies) {
                                append(all, as_bytes(fmt::format("{:08x}", body.size())));
                                append(all, body);
                              }
                              reply(binary_response(std::move(all)));
                            });
}

void keep(const Context& context, const Request& request, const CaseworkerId& caseworker, Reply reply) {
  auto ids = parse_ids(request.body, limits::events_kept_max);
  if (!ids) return reply(problem(Problem::bad_request));
  context.store.keep_events(std::move(*ids), caseworker.text(), context.event_lasts(),
                            [reply = std::move(reply)](Result<> done) mutable {
                              reply(done ? empty_response() : refusal_of(done.error(), kNames));
                            });
}

void erase(const Context& context, const Request& request, const CaseworkerId& caseworker, Reply reply) {
  auto note = verify_joint(as_text(request.body), context.roster->roster());
  if (!note || note->what.act != JointAct::event_erasure || !note->what.is_good_on(context.today()))
    return reply(problem(Problem::not_signed_by_two));
  std::vector<std::string> signers;
  for (const CaseworkerId& signer : note->signers) signers.push_back(signer.text());
  context.store.erase_events(
      std::move(note->what.events), caseworker.text(), std::move(signers),
      [reply = std::move(reply)](Result<storage::Obstacle> outcome) mutable {
        if (!outcome) return reply(refusal_of(outcome.error(), kNames));
        reply(*outcome == storage::Obstacle::none ? empty_response() : problem(Problem::not_signed_by_two));
      });
}

}  // namespace

void add_desk_event_routes(Router& router, Context& context) {
  router.add(
      {.method = Method::put,
       .pattern = "/v1/events/{id}",
       .body_bytes_max = event_bytes_max(),
       .handler = signed_in(context,
                            [&context](Request request, const CaseworkerId& caseworker, Reply reply) {
                              put(context, std::move(request), caseworker, std::move(reply));
                            }),
       .gate = put_by_signed_in(context, [&context](const Request& request, const CaseworkerId& caseworker) {
         return check_head(context, request, caseworker);
       })});
  using Handle = void (*)(const Context&, const Request&, const CaseworkerId&, Reply);
  const auto add = [&](Method method, std::string pattern, std::size_t body_bytes_max, Handle handle,
                       std::size_t answer_bytes_max = 0) {
    router.add({.method = method,
                .pattern = std::move(pattern),
                .body_bytes_max = body_bytes_max,
                .handler = signed_in(
                    context,
                    [&context, handle](const Request& request, const CaseworkerId& caseworker, Reply reply) {
                      handle(context, request, caseworker, std::move(reply));
                    }),
                .answer_bytes_max = answer_bytes_max});
  };
  add(Method::get, "/v1/events", 0, list, kListBytesMax);
  add(Method::post, "/v1/events/read", limits::events_read_max * kIdLineBytes, read,
      limits::events_read_max * (8 + event_bytes_max()));
  add(Method::post, "/v1/events/keep", limits::events_kept_max * kIdLineBytes, keep);
  add(Method::post, "/v1/events/erasure", limits::small_note_bytes_max, erase);
}

}  // namespace candour::server
