// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/summary.h"

#include "client-cli/desk/people.h"
#include "client-cli/desk/shown_answers.h"
#include "client-cli/terminal/visible.h"
#include "protocol/json.h"

namespace candour::cli {
namespace {

constexpr std::string_view indent = "    ";

std::string names(const std::vector<CaseworkerId>& ids) {
  return ids.empty() ? "nobody" : fmt::format("{}", fmt::join(names_of(ids), ", "));
}

}  // namespace

std::string summary_of(const OpenedReport& opened, const Form* form) {
  const Report& report = opened.report;
  const Manifest& manifest = opened.manifest.manifest();
  std::string out =
      fmt::format("Report {}\nFor the desk {}, written on {}, language {}\n", manifest.report.encode(),
                  manifest.desk.text(), report.day.encode(), visible_line(report.language));
  out += fmt::format("Sealed by its author to: {}. Excluded: {}.\n", names(manifest.audience),
                     names(manifest.excluded));
  if (report.thread) out += fmt::format("Follows up report {}\n", report.thread->encode());
  out += "\n";
  for (const ShownAnswer& answer : shown_answers(report, form)) {
    out += visible_line(answer.question) + "\n";
    if (!answer.is_list) out += visible_text(answer.text, indent);
    for (const std::string& chosen : answer.chosen)
      out += fmt::format("{}- {}\n", indent, visible_line(chosen));
  }
  if (!report.accused.empty()) out += "\nThe accused, as identified by the author\n";
  for (const auto& [identifier, value] : report.accused) {
    out += fmt::format("{}{}: {}\n", indent, visible_line(identifier), visible_line(value));
  }
  if (!report.attachments.empty())
    out += "\nAttachments (may be hostile: open them in Dangerzone or on a spare machine)\n";
  for (const Attachment& attachment : report.attachments) {
    out += fmt::format("{}{}  {} bytes  {}  \"{}\"\n", indent, attachment.member, attachment.bytes,
                       visible_line(attachment.type), visible_line(attachment.name));
  }
  if (!report.unknown.empty()) out += "\nAlso in the report, unknown to this version\n";
  for (const UnknownField& field : report.unknown) {
    out += fmt::format("{}{}: {}\n", indent, visible_line(field.name), visible_line(field.json));
  }
  return out;
}

std::string summary_json(const OpenedReport& opened, const std::string& directory,
                         const std::vector<CaseworkerId>& added_readers, const RosterAlarms* alarms) {
  const Manifest& manifest = opened.manifest.manifest();
  json::Array files;
  for (const ManifestFile& file : manifest.files) files.push_back({file.member});
  json::Object object{{"signed", {true}},
                      {"report", {manifest.report.encode()}},
                      {"desk", {manifest.desk.text()}},
                      {"day", {opened.report.day.encode()}},
                      {"audience", names_json(manifest.audience)},
                      {"excluded", names_json(manifest.excluded)},
                      {"added_readers", names_json(added_readers)},
                      {"directory", {directory}},
                      {"files", {std::move(files)}}};
  if (alarms != nullptr) {
    object.push_back({"newest_roster", {!alarms->is_other_roster}});
    object.push_back({"no_longer", names_json(alarms->no_longer)});
  }
  return json::encode({std::move(object)}, json::Layout::compact) + "\n";
}

}  // namespace candour::cli
