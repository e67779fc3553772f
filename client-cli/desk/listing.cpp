// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/listing.h"

#include "protocol/json.h"
#include "protocol/limits.h"

namespace candour::cli {
namespace {

constexpr std::size_t depth_max = 8;
constexpr std::size_t page_reports_max = 1000;
constexpr std::size_t id_digits = 64;
constexpr std::size_t day_bytes = 10;
constexpr Literal malformed = "the list of reports is not of its form: is this a Candour desk?";

Result<ListedReport> parse_listed(const json::Value& json) {
  const auto fields = json::Fields::of(json, malformed);
  if (!fields) return fail(fields);
  const auto id = fields->line("id", id_digits, malformed);
  const auto bytes = fields->whole("bytes", malformed);
  const auto day = fields->line("day", day_bytes, malformed);
  const auto seen = fields->boolean("seen", malformed);
  const auto audience = fields->array("audience", limits::caseworkers_max, malformed);
  if (!id || !bytes || !day || !seen || !audience) return fail(Errc::malformed, malformed);
  const auto parsed_id = ReportId::parse(*id);
  const auto parsed_day = Day::parse(*day);
  if (!parsed_id || !parsed_day) return fail(Errc::malformed, malformed);
  ListedReport report{*parsed_id, *bytes, *parsed_day, *seen, {}};
  for (const json::Value& who : **audience) {
    if (who.text() == nullptr) return fail(Errc::malformed, malformed);
    auto parsed = CaseworkerId::parse(*who.text());
    if (!parsed) return fail(Errc::malformed, malformed);
    report.audience.push_back(*std::move(parsed));
  }
  return report;
}

}  // namespace

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

std::string id_before(ReportId id) {
  for (auto byte = id.bytes.rbegin(); byte != id.bytes.rend(); ++byte) {
    if ((*byte)-- != 0) return id.encode();
  }
  return "";
}

}  // namespace candour::cli
