// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/evidence/bag_check.h"

#include "client-cli/evidence/bag_layout.h"
#include "client-cli/terminal/visible.h"

namespace candour::cli {
namespace {

constexpr std::string_view data_folder = "data/";

// The text of a tag file; nothing, and a finding, where it is too large.
const std::string* text_of(const BagTree& tree, std::string_view path, BagReport& report) {
  const BagFile* file = tree.find(path);
  if (file == nullptr) return nullptr;
  if (!file->content) {
    report.add(path,
               fmt::format("is larger than the {} bytes that it may have.", bag_content_bytes_max(path)));
    return nullptr;
  }
  return &*file->content;
}

// Every file that a manifest lists is there, and as it was.
void check_listed(const BagTree& tree, const BagDigests& listed, std::string_view manifest,
                  BagReport& report) {
  for (const auto& [path, digest] : listed) {
    const BagFile* file = tree.find(path);
    if (file == nullptr)
      report.add(path, fmt::format("is missing: {} lists it.", manifest));
    else if (file->sha256 != digest)
      report.add(path, fmt::format("was changed: its SHA-256 is not the one in {}.", manifest));
  }
}

void check_payload(const BagTree& tree, BagVersion version, BagReport& report) {
  bool has_data = false;
  for (const auto& [path, file] : tree.files) has_data = has_data || path.starts_with(data_folder);
  if (!has_data) report.add("data", "is missing or empty: a bag keeps its files there.");
  if (tree.find(bag_manifest_file) == nullptr) {
    report.add(bag_manifest_file,
               "is missing, so nothing says what the files were. This program checks "
               "SHA-256 alone.");
    return;
  }
  const std::string* text = text_of(tree, bag_manifest_file, report);
  if (text == nullptr) return;
  const auto listed = parse_bag_manifest(*text, version, true);
  if (!listed) return report.add(bag_manifest_file, listed.error().text);
  check_listed(tree, *listed, bag_manifest_file, report);
  for (const auto& [path, file] : tree.files) {
    if (path.starts_with(data_folder) && !listed->contains(path))
      report.add(path, fmt::format("was added: {} does not list it.", bag_manifest_file));
  }
}

void check_tags(const BagTree& tree, BagVersion version, BagReport& report) {
  const std::string* text = text_of(tree, bag_tag_manifest_file, report);
  if (text == nullptr) return;  // a bag may be without
  const auto listed = parse_bag_manifest(*text, version, false);
  if (!listed) return report.add(bag_tag_manifest_file, listed.error().text);
  check_listed(tree, *listed, bag_tag_manifest_file, report);
  if (!listed->contains(bag_manifest_file))
    report.add(bag_tag_manifest_file, fmt::format("does not list {}.", bag_manifest_file));
  for (const auto& [path, digest] : *listed) {
    if (path.starts_with("tagmanifest-")) report.add(bag_tag_manifest_file, "lists a tag manifest.");
  }
}

BagInfo check_info(const BagTree& tree, BagReport& report) {
  const std::string* text = text_of(tree, bag_info_file, report);
  if (text == nullptr) return {};
  auto info = parse_bag_info(*text);
  if (!info) {
    report.add(bag_info_file, info.error().text);
    return {};
  }
  const auto said = oxum_of(*info);
  if (!said) {
    report.add(bag_info_file, said.error().text);
    return *std::move(info);
  }
  BagOxum found;
  for (const auto& [path, file] : tree.files) {
    if (!path.starts_with(data_folder)) continue;
    found.bytes += file.bytes;
    ++found.files;
  }
  if (*said && **said != found) {
    report.add(bag_info_file,
               fmt::format("{} is {}, but data/ has {} bytes in {} files ({}).", bag_oxum_label,
                           (*said)->encode(), found.bytes, found.files, found.encode()));
  }
  return *std::move(info);
}

}  // namespace

BagInfo check_whole(const BagTree& tree, BagReport& report) {
  report.findings = tree.findings;
  BagVersion version = BagVersion::v1_0;
  if (tree.find(bag_declaration_file) == nullptr) {
    report.add(bag_declaration_file, "is missing: this is no BagIt bag. Is it the right folder?");
    return {};
  }
  if (const std::string* text = text_of(tree, bag_declaration_file, report)) {
    const auto declared = parse_bag_declaration(*text);
    if (declared)
      version = *declared;
    else
      report.add(bag_declaration_file, declared.error().text);
  }
  check_payload(tree, version, report);
  check_tags(tree, version, report);
  for (const auto& [path, file] : tree.files) {
    const bool is_manifest = path.starts_with("manifest-") || path.starts_with("tagmanifest-");
    if (is_manifest && path != bag_manifest_file && path != bag_tag_manifest_file)
      report.remarks.push_back(
          fmt::format("{} was not looked at: this program checks SHA-256 alone.", visible_line(path)));
  }
  if (tree.find("fetch.txt") != nullptr)
    report.remarks.push_back("fetch.txt was not looked at: nothing is loaded, and every file must be here.");
  return check_info(tree, report);
}

}  // namespace candour::cli
