// SPDX-License-Identifier: AGPL-3.0-or-later
// What is called what in a bag of evidence (docs/spec/evidence.md): one list for who writes it and who checks it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace candour::cli {

inline constexpr std::string_view bag_declaration_file = "bagit.txt";
inline constexpr std::string_view bag_info_file = "bag-info.txt";
inline constexpr std::string_view bag_manifest_file = "manifest-sha256.txt";
inline constexpr std::string_view bag_tag_manifest_file = "tagmanifest-sha256.txt";
inline constexpr std::string_view bag_signature_file = "signature.note";

inline constexpr std::string_view bag_roster_file = "data/roster.note";
inline constexpr std::string_view bag_page_file = "data/report.html";
inline constexpr std::string_view bag_history_file = "data/history.json";
inline constexpr std::string_view bag_history_page_file = "data/history.html";

// In the folder of a report, beside the members of its archive (protocol/archive.h).
inline constexpr std::string_view sealed_member = "sealed.age";
inline constexpr std::string_view receipt_member = "receipt.note";

// "data/report/", "data/report-2/" … for index 0, 1 …
std::string report_folder(std::size_t index);

struct PlaceInReport {
  std::size_t index;
  std::string_view member;  // of the path given
};
// Nothing where the path is in no folder of a report.
std::optional<PlaceInReport> place_in_report(std::string_view path);

// What stands in the place of the originals where there was no manifest: "contents", "contents.txt".
bool is_contents(std::string_view member);

}  // namespace candour::cli
