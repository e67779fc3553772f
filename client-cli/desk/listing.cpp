// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/listing.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "client-cli/desk/people.h"
#include "crypto/core/encoding.h"

namespace candour::cli {
namespace {

constexpr std::size_t depth_max = 8;
constexpr std::size_t page_reports_max = 1000;
constexpr std::size_t id_digits = 64;
constexpr std::size_t day_bytes = 10;
constexpr Literal malformed = "the list of reports is not of its form: is this a Candour desk?";

// A day or null.
Result<std::optional<Day>> parse_day_if_any(const json::Fields& fields, std::string_view name) {
  const json::Value* value = fields.find(name);
  if (value != nullptr && value->is_null()) return std::optional<Day>();
  const auto text = fields.line(name, day_bytes, malformed);
  if (!text) return fail(text);
  return Day::parse(*text);
}

json::Value to_json(const std::optional<Day>& day) {
  return day ? json::Value{day->encode()} : json::Value{nullptr};
}

Result<ListedReport> parse_listed(const json::Value& json) {
  const auto fields = json::Fields::of(json, malformed);
  if (!fields) return fail(fields);
  const auto id = fields->line("id", id_digits, malformed);
  const auto bytes = fields->whole("bytes", malformed);
  const auto day = fields->line("day", day_bytes, malformed);
  const auto seen = fields->boolean("seen", malformed);
  auto audience = parse_names(*fields, "audience", malformed);
  auto admitted = parse_names(*fields, "admitted", malformed);
  const auto closed = parse_day_if_any(*fields, "closed");
  auto hold = parse_names(*fields, "hold", malformed);
  const auto hold_mark = fields->line("hold_mark", 2 * sizeof(HoldMark), malformed);
  const auto withdrawn = parse_day_if_any(*fields, "withdrawn");
  if (!id || !bytes || !day || !seen || !audience || !admitted || !closed || !hold || !hold_mark ||
      !withdrawn)
    return fail(Errc::malformed, malformed);
  const auto parsed_id = ReportId::parse(*id);
  const auto parsed_day = Day::parse(*day);
  HoldMark mark;
  if (!parsed_id || !parsed_day || !hex_decode_into(*hold_mark, mark))
    return fail(Errc::malformed, malformed);
  return ListedReport{*parsed_id,           *bytes,  *parsed_day,      *seen, *std::move(audience),
                      *std::move(admitted), *closed, *std::move(hold), mark,  *withdrawn};
}

}  // namespace

std::vector<CaseworkerId> ListedReport::readers() const {
  std::vector<CaseworkerId> all(audience);
  all.insert(all.end(), admitted.begin(), admitted.end());
  std::ranges::sort(all);
  return all;
}

Result<bool> parse_listing(std::string_view text, std::vector<ListedReport>& reports) {
  const auto value = json::parse(text, listing_bytes_max, depth_max);
  if (!value) return fail(Errc::malformed, malformed);
  const auto fields = json::Fields::of(*value, malformed);
  if (!fields) return fail(fields);
  const auto list = fields->array("reports", page_reports_max, malformed);
  const auto more = fields->boolean("more", malformed);
  if (!list || !more) return fail(Errc::malformed, malformed);
  for (const json::Value& one : **list) {
    auto report = parse_listed(one);
    if (!report) return fail(report);
    reports.push_back(*std::move(report));
  }
  return *more;
}

json::Object to_json(const ListedReport& report) {
  return {{"id", {report.id.encode()}},
          {"bytes", json::number(report.bytes)},
          {"day", {report.day.encode()}},
          {"seen", {report.seen}},
          {"audience", names_json(report.audience)},
          {"admitted", names_json(report.admitted)},
          {"closed", to_json(report.closed)},
          {"hold", names_json(report.hold)},
          {"hold_mark", {hex_encode(report.hold_mark)}},
          {"withdrawn", to_json(report.withdrawn)}};
}

std::string marks_of(const ListedReport& report) {
  std::vector<std::string> marks;
  if (report.closed) marks.push_back("closed, kept until " + report.closed->encode());
  if (!report.hold.empty())
    marks.push_back(fmt::format("held by {}", fmt::join(names_of(report.hold), ", ")));
  if (report.withdrawn)
    marks.push_back("its reporter asked on " + report.withdrawn->encode() + " to withdraw it");
  return fmt::format("{}", fmt::join(marks, "; "));
}

std::string id_before(ReportId id) {
  for (auto byte = id.bytes.rbegin(); byte != id.bytes.rend(); ++byte) {
    if ((*byte)-- != 0) return id.encode();
  }
  return "";
}

}  // namespace candour::cli
