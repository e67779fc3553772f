// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/evidence/bag_layout.h"

#include "protocol/evidence_note.h"
#include "protocol/lines.h"

namespace candour::cli {
namespace {

constexpr std::string_view first_folder = "data/report/";
constexpr std::string_view further_folder = "data/report-";

}  // namespace

std::string report_folder(std::size_t index) {
  if (index == 0) return std::string(first_folder);
  return std::string(further_folder) + std::to_string(index + 1) + "/";
}

std::optional<PlaceInReport> place_in_report(std::string_view path) {
  if (path.starts_with(first_folder)) return PlaceInReport{0, path.substr(first_folder.size())};
  if (!path.starts_with(further_folder)) return std::nullopt;
  path.remove_prefix(further_folder.size());
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto number = parse_decimal(path.substr(0, slash));
  if (!number || *number < 2 || *number > evidence_reports_max) return std::nullopt;
  return PlaceInReport{static_cast<std::size_t>(*number - 1), path.substr(slash + 1)};
}

bool is_contents(std::string_view member) { return member == "contents" || member == "contents.txt"; }

}  // namespace candour::cli
