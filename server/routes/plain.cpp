// SPDX-License-Identifier: AGPL-3.0-or-later
// For a browser without JavaScript, and for whoever seals with stock age: the readers of a desk as a file, the pages
// under /plain/ that lead to it, and the form that takes the sealed file. A page that posts the choice keeps it out of
// addresses, and so out of the browser's history. Spec: docs/spec/http.md "Without JavaScript".
#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "protocol/sealed_report.h"
#include "server/http/multipart.h"
#include "server/routes/context.h"
#include "server/routes/plain_pages.h"
#include "server/routes/readers.h"
#include "server/routes/sealed_form.h"

namespace candour::server {
namespace {

constexpr std::size_t kChoiceBytesMax = std::size_t{4} << 10;
constexpr std::size_t kPageBytesMax = std::size_t{1} << 20;

std::uint64_t file_bytes_max(const Roster& roster) {
  return sealed_report_bytes_max(roster.policy.attachments_bytes_max, roster.policy.attachments_max,
                                 roster.places);
}

// "reader=ada&reader=bo": every one is an id under this name.
std::optional<std::vector<CaseworkerId>> parse_choice(std::string_view text, std::string_view name) {
  std::vector<CaseworkerId> ids;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != name) return std::nullopt;
    auto id = CaseworkerId::parse(pair.substr(equals + 1));
    if (!id) return std::nullopt;
    ids.push_back(*std::move(id));
  }
  return ids;
}

Response file_response(const Roster& roster, const Audience& readers) {
  Response response = text_response(200, "text/plain; charset=utf-8", recipients_file(roster, readers));
  response.headers.push_back({"Content-Disposition", "attachment; filename=\"readers.txt\""});
  return response;
}

// GET /v1/desks/DESK/recipients?without=ID&…
Response recipients(const Context& context, const Request& request) {
  const auto desk = DeskId::parse(request.captured[0]);
  const auto left_out = parse_choice(request.query, "without");
  if (!desk || !left_out) return problem(Problem::bad_request);
  const auto readers = readers_without(*context.roster, *desk, *left_out, context.today());
  if (!readers) return problem(readers.error());
  return file_response(context.roster->roster(), *readers);
}

Response show_desks(const Context& context, const Request&) {
  if (!context.roster->roster().is_valid_on(context.today())) return refusal_page(Problem::roster_expired);
  return desks_page(context.roster->roster(), context.today());
}

Response show_desk(const Context& context, const Request& request) {
  const Roster& roster = context.roster->roster();
  if (!roster.is_valid_on(context.today())) return refusal_page(Problem::roster_expired);
  const auto id = DeskId::parse(request.captured[0]);
  const Desk* desk = id ? roster.find(*id) : nullptr;
  if (desk == nullptr) return refusal_page(Problem::not_found);
  return desk_page(roster, *desk, context.today());
}

Response show_lock(const Context& context, const Request& request) {
  const Roster& roster = context.roster->roster();
  const auto desk = DeskId::parse(request.captured[0]);
  const auto left_out = parse_choice(as_text(request.body), "without");
  if (!desk || !left_out) return refusal_page(Problem::bad_request);
  const auto readers = readers_without(*context.roster, *desk, *left_out, context.today());
  if (!readers) return refusal_page(readers.error());
  return lock_page(roster, *roster.find(*desk), *readers, file_bytes_max(roster));
}

Response save_readers(const Context& context, const Request& request) {
  const auto desk = DeskId::parse(request.captured[0]);
  const auto named = parse_choice(as_text(request.body), "reader");
  if (!desk || !named) return refusal_page(Problem::bad_request);
  const auto readers = readers_named(*context.roster, *desk, *named, context.today());
  if (!readers) return refusal_page(readers.error());
  return file_response(context.roster->roster(), *readers);
}

// A form can be posted from any page; only ours may. Browsers that do not say whose page it was are taken.
std::optional<Response> refuse_foreign(const Request& request) {
  if (request.fetch_site.empty() || request.fetch_site == "same-origin" || request.fetch_site == "none")
    return std::nullopt;
  return refusal_page(Problem::bad_request);
}

// Before a byte of the body: nobody makes us read a file for which there is no desk, or that is too large.
std::optional<Response> gate_file(const Context& context, const Request& request) {
  if (auto refusal = refuse_foreign(request)) return refusal;
  const Roster& roster = context.roster->roster();
  if (!roster.is_valid_on(context.today())) return refusal_page(Problem::roster_expired);
  const auto desk = DeskId::parse(request.captured[0]);
  if (!desk || roster.find(*desk) == nullptr) return refusal_page(Problem::not_found);
  if (request.body_bytes == 0 || !parse_form_boundary(request.content_type))
    return refusal_page(Problem::bad_request);
  if (request.body_bytes > file_bytes_max(roster) + 2 * FormReader::head_bytes_max)
    return refusal_page(Problem::too_large);
  return std::nullopt;
}

}  // namespace

void add_plain_routes(Router& router, Context& context) {
  const auto with = [&context](Response (*answer)(const Context&, const Request&)) {
    return [&context, answer](const Request& request, Reply reply) { reply(answer(context, request)); };
  };
  router.add({.method = Method::get,
              .pattern = "/v1/desks/{name}/recipients",
              .body_bytes_max = 0,
              .handler = with(recipients),
              .answer_bytes_max = kPageBytesMax});
  router.add({.method = Method::get,
              .pattern = "/plain/desks",
              .body_bytes_max = 0,
              .handler = with(show_desks),
              .answer_bytes_max = kPageBytesMax,
              .refuse = refusal_page});
  router.add({.method = Method::get,
              .pattern = "/plain/desks/{name}",
              .body_bytes_max = 0,
              .handler = with(show_desk),
              .answer_bytes_max = kPageBytesMax,
              .refuse = refusal_page});
  router.add({.method = Method::post,
              .pattern = "/plain/desks/{name}/lock",
              .body_bytes_max = kChoiceBytesMax,
              .handler = with(show_lock),
              .gate = refuse_foreign,
              .answer_bytes_max = kPageBytesMax,
              .refuse = refusal_page});
  router.add({.method = Method::post,
              .pattern = "/plain/desks/{name}/readers",
              .body_bytes_max = kChoiceBytesMax,
              .handler = with(save_readers),
              .gate = refuse_foreign,
              .answer_bytes_max = kPageBytesMax,
              .refuse = refusal_page});
  router.add({.method = Method::post,
              .pattern = "/plain/desks/{name}/send",
              .body_bytes_max = std::numeric_limits<std::uint64_t>::max(),  // the gate knows the policy
              .handler = nullptr,
              .gate = [&context](const Request& request) { return gate_file(context, request); },
              .begins = Begins::upload,
              .sink = [&context](const Request& request) { return take_sealed_form(context, request); },
              .refuse = refusal_page});
}

}  // namespace candour::server
