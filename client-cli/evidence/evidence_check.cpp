// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/evidence/evidence_check.h"

#include <algorithm>

#include "client-cli/desk/same_author.h"
#include "client-cli/evidence/bag_layout.h"
#include "client-cli/evidence/report_check.h"
#include "protocol/archive.h"
#include "protocol/contains.h"
#include "protocol/fingerprint.h"

namespace candour::cli {
namespace {

constexpr std::string_view our_agent = "candour ";

bool belongs(std::string_view path) {
  constexpr std::string_view names[] = {bag_declaration_file,  bag_info_file,      bag_manifest_file,
                                        bag_tag_manifest_file, bag_signature_file, bag_roster_file,
                                        bag_page_file,         bag_history_file,   bag_history_page_file};
  return contains(names, path);
}

// The note, its signer, and the three files that it names.
std::optional<SignedEvidence> check_signature(const BagTree& tree, const Roster& roster, BagReport& report) {
  const BagFile* file = tree.find(bag_signature_file);
  if (file == nullptr || !file->content) {
    report.add(bag_signature_file,
               file == nullptr
                   ? "is missing, though the bag says that candour made it: nothing shows who did."
                   : "is larger than it may be.");
    return std::nullopt;
  }
  auto verified = verify_evidence(*file->content, roster);
  if (!verified) {
    const bool unknown = verified.error().code == Errc::no_match;
    report.add(bag_signature_file,
               unknown ? "is not signed by one caseworker of the roster." : Failure(verified.error()).text);
    return std::nullopt;
  }
  if (verified->signer->revoked) {
    report.add(bag_signature_file,
               fmt::format("is signed by {}, who has been revoked since: whoever has the key can have signed "
                           "it, on any day.",
                           verified->signer->id.text()));
  }
  const std::pair<std::string_view, const Digest&> covered[] = {{bag_declaration_file, verified->what.bagit},
                                                                {bag_info_file, verified->what.info},
                                                                {bag_manifest_file, verified->what.manifest}};
  for (const auto& [path, digest] : covered) {
    const BagFile* signed_file = tree.find(path);
    if (signed_file != nullptr && signed_file->sha256 != digest)
      report.add(path, fmt::format("was changed after {} had signed it.", verified->signer->id.text()));
    if (signed_file == nullptr) report.add(path, "is missing, but was signed.");
  }
  return *std::move(verified);
}

// The tag manifest is the list of the four others and nothing else, so that a change in it is not taken for one in them.
void check_tag_manifest(const BagTree& tree, BagReport& report) {
  BagDigests others;
  for (const auto& [path, file] : tree.files) {
    if (!path.contains('/') && path != bag_tag_manifest_file) others.emplace(path, file.sha256);
  }
  const BagFile* file = tree.find(bag_tag_manifest_file);
  if (file == nullptr)
    report.add(bag_tag_manifest_file, "is missing.");
  else if (file->content != encode_bag_manifest(others))
    report.add(bag_tag_manifest_file,
               "is not the list of the other tag files, which are as they were signed.");
}

}  // namespace

bool claims_evidence(const BagTree& tree, const BagInfo& info) {
  return tree.find(bag_signature_file) != nullptr || std::ranges::any_of(info, [](const auto& field) {
           return field.first == "Bag-Software-Agent" && field.second.starts_with(our_agent);
         });
}

std::optional<EvidenceRoster> roster_in_bag(const BagTree& tree, const Pin* pin, BagReport& report) {
  const BagFile* file = tree.find(bag_roster_file);
  if (file == nullptr || !file->content) {
    report.add(bag_roster_file, file == nullptr ? "is missing: name a roster with --roster."
                                                : "is larger than a roster may be.");
    return std::nullopt;
  }
  if (pin != nullptr) {
    auto verified = verify_roster_signatures(*file->content, *pin);
    if (verified) return EvidenceRoster{.roster = verified->roster(), .is_given = false, .is_pinned = true};
    report.add(bag_roster_file, fmt::format("does not pass with the root keys of the pin: {}",
                                            Failure(verified.error()).text));
    return std::nullopt;
  }
  const auto note = parse_note(*file->content);
  auto roster = note ? parse_roster(note->text) : fail(note);
  if (!roster) {
    report.add(bag_roster_file, Failure(roster.error()).text);
    return std::nullopt;
  }
  return EvidenceRoster{.roster = *std::move(roster), .is_given = false, .is_pinned = false};
}

CheckedEvidence check_evidence(const BagTree& tree, const EvidenceRoster& roster, BagReport& report) {
  CheckedEvidence out;
  const std::size_t wrong_before = report.findings.size();
  const auto signature = check_signature(tree, roster.roster, report);
  if (signature) {
    out.note = signature->what;
    out.signer = signature->signer->id.text();
    out.fingerprint = fingerprint(signature->text);
    if (report.findings.size() == wrong_before) check_tag_manifest(tree, report);
  }
  std::size_t folders = 0;
  for (const auto& [path, file] : tree.files) {
    const auto place = place_in_report(path);
    if (place)
      folders = std::max(folders, place->index + 1);
    else if (!belongs(path))
      report.add(path, "does not belong into a bag of evidence.");
  }
  std::vector<ReportInBag> found;
  for (std::size_t index = 0; index < folders; ++index)
    found.push_back(check_report(tree, index, roster.roster, signature ? &*signature : nullptr, report));
  if (signature && signature->what.reports.size() != folders) {
    report.add(bag_signature_file, fmt::format("names {} reports, but the bag holds {}.",
                                               signature->what.reports.size(), folders));
  }
  for (std::size_t index = 0; index < found.size(); ++index) {
    const bool is_alone = found.size() == 1;
    const bool is_joined = std::any_of(
        found.begin(), found.begin() + static_cast<std::ptrdiff_t>(index), [&](const ReportInBag& before) {
          return before.report && found[index].report && same_author(*before.report, *found[index].report);
        });
    if (index != 0 && found[index].report && found.front().report && !is_joined)
      report.add(report_folder(index), "is not by the author of a report before it in the bag.");
    if (!found[index].report && found[index].is_contents && !is_alone)
      report.add(report_folder(index), "has no author, so it should be alone in its bag.");
    if (found[index].id)
      out.reports.push_back({*found[index].id, found[index].report.has_value(), found[index].receipt});
  }
  return out;
}

}  // namespace candour::cli
