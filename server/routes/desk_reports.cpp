// SPDX-License-Identifier: AGPL-3.0-or-later
// /v1/reports at the desk: what the caseworker who is signed in may see. "No such report" and "not yours" are
// the same answer to the byte: an excluded caseworker sees no trace.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "crypto/core/encoding.h"
#include "server/http/fields.h"
#include "server/routes/answers.h"
#include "server/routes/context.h"
#include "server/routes/signed_in.h"

namespace candour::server {
namespace {

constexpr std::uint64_t kLimitMax = 1000;
constexpr std::size_t kListBytesMax = std::size_t{2} << 20;  // 1000 entries, each for 32 readers at most
constexpr Names kNames{.not_found = Problem::no_such_report};

// Sorted: the order in which somebody was admitted is nobody's business.
std::string encode_names(std::span<const std::string> all) {
  std::vector<std::string> names(all.begin(), all.end());
  std::ranges::sort(names);
  std::string text;
  for (const std::string& name : names) text += fmt::format(R"({}"{}")", text.empty() ? "" : ", ", name);
  return text;
}

std::string encode_day(std::optional<Day> day) { return day ? '"' + day->encode() + '"' : "null"; }

std::string encode_info(const storage::ReportInfo& info) {
  return fmt::format(
      R"({{"id": "{}", "bytes": {}, "day": "{}", "seen": {}, "audience": [{}], "admitted": [{}], "closed": {}, "hold": [{}], )"
      R"("hold_mark": "{}", "withdrawn": {}}})",
      info.id.encode(), info.bytes, info.day.encode(), info.seen, encode_names(info.audience.members()),
      encode_names(std::span(info.audience.readers()).subspan(info.audience.members().size())),
      encode_day(info.marks.erase_from), encode_names(info.held_by()), hex_encode(info.marks.hold_mark),
      encode_day(info.marks.withdrawn_on));
}

std::string encode_page(const storage::ReportPage& page) {
  std::string reports;
  for (const storage::ReportInfo& info : page.reports) {
    reports += (reports.empty() ? "" : ", ") + encode_info(info);
  }
  return fmt::format(R"({{"reports": [{}], "more": {}}})", reports, page.more);
}

void list(const Context& context, const Request& request, const CaseworkerId& caseworker, Reply reply) {
  ReportId after;  // all zero: from the start
  std::uint64_t limit = kLimitMax;
  if (const auto text = query_value(request.query, "after")) {
    const auto id = ReportId::parse(*text);
    if (!id) return reply(problem(Problem::bad_request));
    after = *id;
  }
  if (const auto text = query_value(request.query, "limit")) {
    const auto number = parse_decimal(*text);
    if (!number || *number < 1 || *number > kLimitMax) return reply(problem(Problem::bad_request));
    limit = *number;
  }
  context.store.list_reports(caseworker.text(), after, static_cast<std::size_t>(limit),
                             [reply = std::move(reply)](Result<storage::ReportPage> page) mutable {
                               if (!page) return reply(refusal_of(page.error(), kNames));
                               reply(json_response(200, encode_page(*page)));
                             });
}

class StoredBody : public BodyReader {
 public:
  StoredBody(storage::ReportReader reader, std::uint64_t offset)
      : reader_(std::move(reader)), bytes_(reader_.bytes() - offset) {}
  std::uint64_t bytes() const override { return bytes_; }
  std::size_t piece_bytes_max() const override { return storage::part_bytes; }
  void next(Done done) override { reader_.next(std::move(done)); }

 private:
  storage::ReportReader reader_;
  std::uint64_t bytes_;
};

Response sealed_response(storage::ReportReader reader, std::optional<std::uint64_t> from) {
  const std::uint64_t total = reader.bytes();
  Response response{.status = 200,
                    .headers = {{"Content-Type", "application/octet-stream"}, {"Accept-Ranges", "bytes"}},
                    .body = {}};
  if (from) {
    response.status = 206;
    response.headers.push_back({"Content-Range", fmt::format("bytes {}-{}/{}", *from, total - 1, total)});
  }
  response.body = std::make_unique<StoredBody>(std::move(reader), from.value_or(0));
  return response;
}

void download(const Context& context, const Request& request, const CaseworkerId& caseworker, Reply reply) {
  const auto id = ReportId::parse(request.captured[0]);
  if (!id) return reply(problem(Problem::bad_request));
  const auto from = parse_range(request.range);
  context.store.read_report(*id, caseworker.text(), from.value_or(0),
                            [from, reply = std::move(reply)](Result<storage::ReportReader> reader) mutable {
                              if (!reader) {
                                return reply(refusal_of(reader.error(), {.not_found = Problem::no_such_report,
                                                                         .malformed = Problem::wrong_range}));
                              }
                              if (from && *from >= reader->bytes())
                                return reply(problem(Problem::wrong_range));
                              reply(sealed_response(std::move(*reader), from));
                            });
}

void mark_seen(const Context& context, const Request& request, const CaseworkerId& caseworker, Reply reply) {
  const auto id = ReportId::parse(request.captured[0]);
  if (!id) return reply(problem(Problem::bad_request));
  context.store.mark_seen(*id, caseworker.text(), [reply = std::move(reply)](Result<> done) mutable {
    if (!done) return reply(refusal_of(done.error(), kNames));
    reply(empty_response());
  });
}

// Does she work here, at a desk of the one who admits her? Asked of the roster alone, before anything is looked up.
bool may_be_admitted(const Roster& roster, const CaseworkerId& by, const CaseworkerId& who) {
  const Caseworker* newcomer = roster.find_active(who);
  const Caseworker* reader = roster.find_active(by);
  return newcomer != nullptr && reader != nullptr &&
         std::ranges::any_of(reader->desks, [&](const DeskId& desk) { return newcomer->is_at(desk); });
}

void admit(const Context& context, const Request& request, const CaseworkerId& caseworker, Reply reply) {
  const auto id = ReportId::parse(request.captured[0]);
  const auto who = CaseworkerId::parse(request.captured[1]);
  if (!id || !who) return reply(problem(Problem::bad_request));
  if (!may_be_admitted(context.roster->roster(), caseworker, *who))
    return reply(problem(Problem::unknown_audience));
  context.store.admit_reader(
      *id, caseworker.text(), who->text(), [reply = std::move(reply)](Result<> done) mutable {
        if (!done)
          return reply(refusal_of(
              done.error(), {.not_found = Problem::no_such_report, .conflict = Problem::no_place_left}));
        reply(empty_response());
      });
}

}  // namespace

void add_desk_report_routes(Router& router, Context& context) {
  const auto with = [&context](void (*handle)(const Context&, const Request&, const CaseworkerId&, Reply)) {
    return signed_in(context,
                     [&context, handle](const Request& request, const CaseworkerId& caseworker, Reply reply) {
                       handle(context, request, caseworker, std::move(reply));
                     });
  };
  router.add({.method = Method::get,
              .pattern = "/v1/reports",
              .body_bytes_max = 0,
              .handler = with(list),
              .answer_bytes_max = kListBytesMax});
  router.add(
      {.method = Method::get, .pattern = "/v1/reports/{id}", .body_bytes_max = 0, .handler = with(download)});
  router.add({.method = Method::put,
              .pattern = "/v1/reports/{id}/seen",
              .body_bytes_max = 0,
              .handler = with(mark_seen)});
  router.add({.method = Method::put,
              .pattern = "/v1/reports/{id}/readers/{name}",
              .body_bytes_max = 0,
              .handler = with(admit)});
}

}  // namespace candour::server
