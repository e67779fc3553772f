// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/evidence/report_check.h"

#include "client-cli/evidence/bag_layout.h"
#include "protocol/archive.h"
#include "protocol/contains.h"
#include "protocol/manifest.h"

namespace candour::cli {
namespace {

// The originals that are there, in the order of the archive; a finding for everything that belongs to no report.
std::vector<ManifestFile> members_in(const BagTree& tree, std::size_t index, ReportInBag& out,
                                     BagReport& report) {
  std::vector<ManifestFile> members;
  const std::string folder = report_folder(index);
  // By path, attachments come before report.json.
  if (const BagFile* json = tree.find(folder + std::string(report_member)))
    members.push_back({json->sha256, json->bytes, std::string(report_member)});
  for (auto at = tree.files.lower_bound(folder); at != tree.files.end() && at->first.starts_with(folder);
       ++at) {
    const std::string_view member = std::string_view(at->first).substr(folder.size());
    if (attachment_number(member) != 0)
      members.push_back({at->second.sha256, at->second.bytes, std::string(member)});
    else if (is_contents(member))
      out.is_contents = true;
    else if (member != report_member && member != manifest_member && member != sealed_member &&
             member != receipt_member)
      report.add(at->first, "does not belong into a bag of evidence.");
  }
  return members;
}

// Which original is not the author's, so that it can be named.
void name_differences(const std::string& folder, const std::vector<ManifestFile>& signed_files,
                      const std::vector<ManifestFile>& members, BagReport& report) {
  for (const ManifestFile& file : signed_files) {
    if (contains(members, file)) continue;
    const bool is_there = contains(members, file.member, &ManifestFile::member);
    report.add(folder + file.member, is_there ? "is not what its author signed: it was changed."
                                              : "is missing: its author signed it.");
  }
  for (const ManifestFile& file : members) {
    if (!contains(signed_files, file.member, &ManifestFile::member))
      report.add(folder + file.member, "was added: its author did not sign it.");
  }
}

void check_originals(const BagTree& tree, const std::string& folder, const std::vector<ManifestFile>& members,
                     const SignedEvidence* signature, ReportInBag& out, BagReport& report) {
  const std::string json_path = folder + std::string(report_member);
  const std::string note_path = folder + std::string(manifest_member);
  const BagFile* json = tree.find(json_path);
  const BagFile* note = tree.find(note_path);
  for (const auto& [path, file] : {std::pair{json_path, json}, std::pair{note_path, note}}) {
    if (file == nullptr) report.add(path, "is missing, so nothing shows who wrote the report.");
    if (file != nullptr && !file->content) report.add(path, "is larger than it may be.");
  }
  if (json == nullptr || note == nullptr || !json->content || !note->content) return;
  auto said = parse_report(*json->content);
  if (!said) return report.add(json_path, Failure(said.error()).text);
  const auto manifest = check_manifest(*note->content, *said, members);
  if (!manifest) {
    const auto author = make_note_verifier_key(author_key_name, said->authorship_key);
    const auto verified = verify_note(*note->content, {&author, 1});
    const auto listed = verified ? parse_manifest(verified->text()) : fail(verified);
    if (listed && listed->files != members)
      name_differences(folder, listed->files, members, report);
    else
      report.add(note_path, Failure(manifest.error()).text);
    return;
  }
  out.id = manifest->report;
  out.report = *std::move(said);
  if (signature == nullptr || contains(manifest->audience, signature->signer->id)) return;
  const std::string& who = signature->signer->id.text();
  if (contains(manifest->excluded, signature->signer->id))
    report.add(note_path, fmt::format("its author left out {}, who exported it.", who));
  else
    report.remarks.push_back(fmt::format(
        "{}: its author did not name {}, who exported it. A colleague whom she named can have let "
        "her into the case since; ask who, and see history.json.",
        note_path, who));
}

void check_receipt(const BagTree& tree, const std::string& folder, const Roster& roster, ReportInBag& out,
                   BagReport& report) {
  const std::string path = folder + std::string(receipt_member);
  const BagFile* file = tree.find(path);
  if (file == nullptr) {
    report.remarks.push_back(fmt::format(
        "{} has no receipt: nothing but the exporter's signature says what the server held.", folder));
    return;
  }
  if (!file->content) return report.add(path, "is larger than a receipt may be.");
  const auto receipt = verify_receipt(*file->content, roster.receipt_key);
  if (!receipt) {
    const bool unknown = receipt.error().code == Errc::no_match;
    return report.add(
        path, unknown ? "is not signed by the receipt key of the roster." : Failure(receipt.error()).text);
  }
  if (out.id && receipt->report != *out.id) return report.add(path, "is the receipt of another report.");
  const BagFile* sealed = tree.find(folder + std::string(sealed_member));
  if (sealed != nullptr && sealed->sha256 != receipt->sha256)
    return report.add(path, "is for other sealed bytes than sealed.age has: one of the two was replaced.");
  out.receipt = *receipt;
}

}  // namespace

ReportInBag check_report(const BagTree& tree, std::size_t index, const Roster& roster,
                         const SignedEvidence* signature, BagReport& report) {
  ReportInBag out;
  const std::string folder = report_folder(index);
  const auto members = members_in(tree, index, out, report);
  const std::optional<ReportId> named = signature != nullptr && index < signature->what.reports.size()
                                            ? std::optional(signature->what.reports[index])
                                            : std::nullopt;
  if (tree.find(folder + std::string(sealed_member)) == nullptr)
    report.add(folder + std::string(sealed_member), "is missing: the bytes that the server held.");
  if (!out.is_contents)
    check_originals(tree, folder, members, signature, out, report);
  else if (!members.empty() || tree.find(folder + std::string(manifest_member)) != nullptr)
    report.add(folder, "holds contents without an author beside a report that has one.");
  else
    out.id = named;
  if (out.id && named && *out.id != *named) {
    report.add(folder, fmt::format("is report {}, but {} names {} in its place.", out.id->encode(),
                                   bag_signature_file, named->encode()));
  }
  check_receipt(tree, folder, roster, out, report);
  return out;
}

}  // namespace candour::cli
