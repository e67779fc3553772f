// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/listing.h"

#include <boost/json.hpp>

namespace candour::cli {
namespace {

constexpr std::size_t depth_max = 8;

std::unexpected<Error> malformed() {
  return fail(Errc::malformed, "the list of reports is not of its form. Is this a Candour desk?");
}

const boost::json::value* field(const boost::json::object& object, std::string_view name,
                                boost::json::kind kind) {
  const boost::json::value* value = object.if_contains(name);
  return value != nullptr && value->kind() == kind ? value : nullptr;
}

Result<ListedReport> parse_listed(const boost::json::value& json) {
  using boost::json::kind;
  if (!json.is_object()) return malformed();
  const boost::json::object& object = json.get_object();
  const auto* id = field(object, "id", kind::string);
  const auto* bytes = field(object, "bytes", kind::int64);
  const auto* day = field(object, "day", kind::string);
  const auto* seen = field(object, "seen", kind::bool_);
  const auto* audience = field(object, "audience", kind::array);
  if (id == nullptr || bytes == nullptr || bytes->get_int64() < 0 || day == nullptr || seen == nullptr ||
      audience == nullptr) {
    return malformed();
  }
  const auto parsed_id = ReportId::parse(std::string_view(id->get_string()));
  const auto parsed_day = Day::parse(std::string_view(day->get_string()));
  if (!parsed_id || !parsed_day) return malformed();
  ListedReport report{
      *parsed_id, static_cast<std::uint64_t>(bytes->get_int64()), *parsed_day, seen->get_bool(), {}};
  for (const boost::json::value& who : audience->get_array()) {
    if (!who.is_string()) return malformed();
    auto parsed = CaseworkerId::parse(std::string_view(who.get_string()));
    if (!parsed) return malformed();
    report.audience.push_back(*std::move(parsed));
  }
  return report;
}

}  // namespace

Result<bool> parse_listing(std::string_view json, std::vector<ListedReport>& reports) {
  boost::system::error_code error;
  boost::json::parse_options options;
  options.max_depth = depth_max;
  const boost::json::value value = boost::json::parse(json, error, {}, options);
  if (error || !value.is_object()) return malformed();
  const auto* list = field(value.get_object(), "reports", boost::json::kind::array);
  const auto* more = field(value.get_object(), "more", boost::json::kind::bool_);
  if (list == nullptr || more == nullptr) return malformed();
  for (const boost::json::value& one : list->get_array()) {
    auto report = parse_listed(one);
    if (!report) return fail(report);
    reports.push_back(*std::move(report));
  }
  return more->get_bool();
}

std::string id_before(ReportId id) {
  for (auto byte = id.bytes.rbegin(); byte != id.bytes.rend(); ++byte) {
    if ((*byte)-- != 0) return id.encode();
  }
  return "";
}

}  // namespace candour::cli
