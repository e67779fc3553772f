// SPDX-License-Identifier: AGPL-3.0-or-later
// /v1/uploads/ID: a sealed report in parts of 1 MiB. Begin, put the parts in any order and as often as the
// circuit breaks, ask what is missing, finish. Only beginning needs a current roster: what was begun may be
// ended.
#include <fmt/format.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "crypto/core/encoding.h"
#include "protocol/json.h"
#include "server/http/fields.h"
#include "server/routes/admission.h"
#include "server/routes/answers.h"
#include "server/routes/context.h"

namespace candour::server {
namespace {

constexpr std::size_t kJsonBytesMax = std::size_t{16} << 10;
constexpr std::size_t kJsonDepthMax = 4;

constexpr Names kNames{.not_found = Problem::no_such_upload,
                       .conflict = Problem::different_upload,
                       .malformed = Problem::wrong_size};

std::string missing_member(const storage::UploadState& state) {
  std::string ranges;
  for (const storage::PartRange& range : state.missing) {
    ranges += fmt::format("{}[{}, {}]", ranges.empty() ? "" : ", ", range.first, range.last);
  }
  return fmt::format(R"("missing": [{}])", ranges);
}

Response state_response(std::uint16_t status, const storage::UploadState& state) {
  return json_response(status, fmt::format(R"({{"bytes": {}, "parts": {}, {}}})", state.bytes, state.parts,
                                           missing_member(state)));
}

struct Beginning {
  std::vector<CaseworkerId> audience;
  std::uint64_t bytes;
};

Result<Beginning> parse_beginning(ByteView body) {
  constexpr Literal wrong = "the body is not {\"audience\": [ID, ...], \"bytes\": N}. Send that.";
  const auto value = json::parse(as_text(body), kJsonBytesMax, kJsonDepthMax);
  if (!value) return fail(value);
  const auto fields = json::Fields::of(*value, wrong);
  if (!fields) return fail(fields);
  const auto bytes = fields->whole("bytes", wrong);
  if (!bytes) return fail(bytes);
  const auto names = fields->array("audience", storage::Audience::members_max, wrong);
  if (!names) return fail(names);
  Beginning beginning{.audience = {}, .bytes = *bytes};
  for (const json::Value& name : **names) {
    if (name.text() == nullptr) return fail(Errc::malformed, wrong);
    const auto id = CaseworkerId::parse(*name.text());
    if (!id) return fail(id);
    beginning.audience.push_back(*id);
  }
  return beginning;
}

void begin(const Context& context, const Request& request, Reply reply) {
  const auto id = ReportId::parse(request.captured[0]);
  const auto beginning = parse_beginning(request.body);
  if (!id || !beginning) return reply(problem(Problem::bad_request));
  auto audience = check_readers(context.roster->roster(), beginning->audience);
  if (!audience) return reply(problem(audience.error()));
  if (beginning->bytes <= storage::part_bytes) return reply(problem(Problem::wrong_size));
  if (const auto over = check_total(context.roster->roster(), beginning->bytes)) return reply(problem(*over));
  context.store.begin_upload(*id, std::move(*audience), beginning->bytes, context.today(),
                             [reply = std::move(reply)](Result<storage::UploadState> state) mutable {
                               if (!state) return reply(refusal_of(state.error(), kNames));
                               reply(state_response(state->already_there ? 200 : 201, *state));
                             });
}

void show(const Context& context, const Request& request, Reply reply) {
  const auto id = ReportId::parse(request.captured[0]);
  if (!id) return reply(problem(Problem::bad_request));
  context.store.missing_parts(*id, [reply = std::move(reply)](Result<storage::UploadState> state) mutable {
    if (!state) return reply(refusal_of(state.error(), kNames));
    reply(state_response(200, *state));
  });
}

constexpr Names kPartNames{.not_found = Problem::no_such_upload,
                           .conflict = Problem::different_part,
                           .malformed = Problem::wrong_size};

struct PartPlace {
  ReportId id;
  std::uint32_t index;
};

std::optional<PartPlace> parse_place(const Request& request) {
  const auto id = ReportId::parse(request.captured[0]);
  const auto number = parse_decimal(request.captured[1]);
  if (!id || !number || *number > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
  return PartPlace{*id, static_cast<std::uint32_t>(*number)};
}

// Before the body: nobody makes us read a part that has no place, or another length than it must.
std::optional<Response> gate_part(const Context& context, const Request& request) {
  const auto place = parse_place(request);
  if (!place) return problem(Problem::bad_request);
  const auto bytes = context.store.expected_part_bytes(place->id, place->index);
  if (!bytes) return refusal_of(bytes.error(), kPartNames);
  if (request.body_bytes > storage::part_bytes) return std::nullopt;  // too_large, as everywhere
  if (request.body_bytes != *bytes) return problem(Problem::wrong_size);
  return std::nullopt;
}

void accept_part(storage::Store& store, const ReportId& id, std::uint32_t index, Bytes part, Reply reply) {
  store.accept_part(id, index, std::move(part), [reply = std::move(reply)](Result<> done) mutable {
    if (!done) return reply(refusal_of(done.error(), kPartNames));
    reply(empty_response());
  });
}

void put_part(const Context& context, Request request, Reply reply) {
  const auto place = parse_place(request);
  if (!place) return reply(problem(Problem::bad_request));
  storage::Store& store = context.store;
  if (place->index != 0)
    return accept_part(store, place->id, place->index, std::move(request.body), std::move(reply));
  // Part 0 holds the header, which is checked against the size of the whole.
  store.missing_parts(
      place->id, [&store, roster = context.roster, id = place->id, part = std::move(request.body),
                  reply = std::move(reply)](Result<storage::UploadState> state) mutable {
        if (!state) return reply(refusal_of(state.error(), kNames));
        if (const auto wrong = check_sealed(roster->roster(), state->audience, part, state->bytes))
          return reply(problem(*wrong));
        accept_part(store, id, 0, std::move(part), std::move(reply));
      });
}

void give_up(const Context& context, const Request& request, Reply reply) {
  const auto id = ReportId::parse(request.captured[0]);
  if (!id) return reply(problem(Problem::bad_request));
  context.store.abandon_upload(*id, [reply = std::move(reply)](Result<> done) mutable {
    if (!done) return reply(refusal_of(done.error(), kNames));
    reply(empty_response());
  });
}

Result<Digest> parse_finish(ByteView body) {
  constexpr Literal wrong = "the body is not {\"sha256\": \"HEX\"}. Send that.";
  const auto value = json::parse(as_text(body), kJsonBytesMax, kJsonDepthMax);
  if (!value) return fail(value);
  const auto fields = json::Fields::of(*value, wrong);
  if (!fields) return fail(fields);
  const auto hex = fields->line("sha256", 2 * sizeof(Digest), wrong);
  if (!hex) return fail(hex);
  Digest digest{};
  if (const auto decoded = hex_decode_into(*hex, digest); !decoded) return fail(decoded);
  return digest;
}

void finish(const Context& context, const Request& request, Reply reply) {
  const auto id = ReportId::parse(request.captured[0]);
  const auto digest = parse_finish(request.body);
  if (!id || !digest) return reply(problem(Problem::bad_request));
  storage::Store& store = context.store;
  store.finish_upload(*id, *digest, context.today(),
                      [&store, &receipts = context.receipts, id = *id, digest = *digest,
                       reply = std::move(reply)](Result<storage::Stored> stored) mutable {
                        if (stored) {
                          return reply.on_loop([&receipts, id, digest, stored = *stored] {
                            return receipt_response(receipts, id, digest, stored);
                          });
                        }
                        if (stored.error().code == Errc::conflict)
                          return reply(problem(Problem::different_report));
                        if (stored.error().code != Errc::refused)
                          return reply(refusal_of(stored.error(), kNames));
                        store.missing_parts(
                            id, [reply = std::move(reply)](Result<storage::UploadState> state) mutable {
                              if (!state) return reply(refusal_of(state.error(), kNames));
                              reply(problem(Problem::parts_missing, missing_member(*state)));
                            });
                      });
}

}  // namespace

void add_upload_routes(Router& router, Context& context) {
  const auto with = [&context](void (*handle)(const Context&, const Request&, Reply)) {
    return [&context, handle](const Request& request, Reply reply) {
      handle(context, request, std::move(reply));
    };
  };
  router.add({.method = Method::put,
              .pattern = "/v1/uploads/{id}",
              .body_bytes_max = kJsonBytesMax,
              .handler = with(begin),
              .gate = [&context](const Request&) -> std::optional<Response> {
                if (const auto closed = check_open(context.roster->roster(), context.today()))
                  return problem(*closed);
                return std::nullopt;
              },
              .begins = Begins::upload});
  router.add(
      {.method = Method::get, .pattern = "/v1/uploads/{id}", .body_bytes_max = 0, .handler = with(show)});
  router.add({.method = Method::delete_,
              .pattern = "/v1/uploads/{id}",
              .body_bytes_max = 0,
              .handler = with(give_up)});
  router.add({.method = Method::put,
              .pattern = "/v1/uploads/{id}/parts/{number}",
              .body_bytes_max = storage::part_bytes,
              .handler = [&context](Request request,
                                    Reply reply) { put_part(context, std::move(request), std::move(reply)); },
              .gate = [&context](const Request& request) { return gate_part(context, request); },
              .buffer = [&context](std::size_t bytes) { return context.store.part_buffer(bytes); }});
  router.add({.method = Method::post,
              .pattern = "/v1/uploads/{id}/finish",
              .body_bytes_max = kJsonBytesMax,
              .handler = with(finish)});
}

}  // namespace candour::server
