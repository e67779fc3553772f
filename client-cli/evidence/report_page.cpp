// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/evidence/report_page.h"

#include "client-cli/desk/listing.h"
#include "client-cli/evidence/account_page.h"
#include "client-cli/evidence/bag_layout.h"
#include "crypto/core/encoding.h"

namespace candour::cli {
namespace {

std::string names(const std::vector<CaseworkerId>& ids) {
  std::string out;
  for (const CaseworkerId& id : ids) out += (out.empty() ? "" : ", ") + id.text();
  return out.empty() ? "nobody" : out;
}

void show_outside(Page& page, const ExportedReport& exported) {
  page.row({"Report", exported.id.encode()});
  if (exported.receipt) {
    page.row({"Received by the server", exported.receipt->day.encode() + ", by its receipt"});
    page.row({"Short code of the receipt", short_code(exported.receipt->sha256)});
  } else if (exported.listed) {
    page.row(
        {"Received by the server", exported.listed->day.encode() + ", by its list (no receipt at hand)"});
  }
  page.row({"SHA-256 of sealed.age", hex_encode(exported.sealed_sha256)});
}

void show_contents(Page& page, const Report& report, const Form& form) {
  page.heading(3, "What its author wrote");
  show_answers(page, 4, shown_answers(report, &form));
  show_accused(page, {report.accused.begin(), report.accused.end()});
  if (!report.unknown.empty()) {
    page.heading(3, "Also in the report, unknown to this version");
    page.begin_table({"Field", "JSON"});
    for (const UnknownField& field : report.unknown) page.row({field.name, field.json});
    page.end_table();
  }
}

void show_attachments(Page& page, const ExportedReport& exported, const std::string& folder) {
  const OpenedReport& opened = *exported.opened;
  if (opened.report.attachments.empty()) return;
  page.heading(3, "Attachments");
  page.say("They may be hostile: open copies of them, in Dangerzone or on a spare machine.");
  page.begin_table({"File", "Name that its author gave", "Type", "Bytes", "SHA-256"});
  for (std::size_t at = 0; at < opened.report.attachments.size(); ++at) {
    const Attachment& attachment = opened.report.attachments[at];
    page.row({folder + attachment.member, attachment.name, attachment.type, std::to_string(attachment.bytes),
              // After report.json, which is the first.
              hex_encode(opened.manifest->files[at + 1].sha256)});
  }
  page.end_table();
}

void show_report(Page& page, const ExportedReport& exported, const std::string& folder,
                 const VerifiedRoster& roster) {
  page.begin_table({"What", "Value"});
  show_outside(page, exported);
  if (!exported.opened) {
    page.end_table();
    page.say(
        "This was sealed as a single file, not by Candour's own page or tool. It is not signed by an author: "
        "nothing shows who wrote it, for whom it was meant, or that it is still what was sealed first.");
    return;
  }
  const Report& report = exported.opened->report;
  const Manifest& manifest = exported.opened->manifest.manifest();
  page.row({"Written on", report.day.encode() + ", by its author's device"});
  page.row({"For the desk", manifest.desk.text()});
  page.row({"Language", report.language});
  page.row({"Sealed by its author to", names(manifest.audience)});
  page.row({"Left out by its author", names(manifest.excluded)});
  if (report.thread) page.row({"Follows up", report.thread->encode()});
  page.row({"Authorship key", base64_encode(report.authorship_key.bytes)});
  page.row({"Roster used by its author",
            hex_encode(manifest.roster_sha256) + (manifest.roster_sha256 == roster.text_sha256()
                                                      ? ", the one in this bag"
                                                      : ", another than the one in this bag")});
  page.end_table();
  show_contents(page, report, roster->form);
  show_attachments(page, exported, folder);
}

}  // namespace

std::string report_page(std::span<const ExportedReport> reports, const VerifiedRoster& roster,
                        const CaseworkerId& exporter, Day today) {
  Page page(reports.size() == 1 ? "A report to " + roster->public_name
                                : fmt::format("{} reports to {}", reports.size(), roster->public_name));
  page.say(
      fmt::format("Exported by {} on {}. This page is for reading. The evidence is in the files beside it, "
                  "and in the signed lists of their hashes.",
                  exporter.text(), today.encode()));
  for (std::size_t index = 0; index < reports.size(); ++index) {
    const std::string folder = report_folder(index).substr(std::string_view("data/").size());
    page.heading(2, folder);
    show_report(page, reports[index], folder, roster);
  }
  page.heading(2, "How to check it");
  page.say(
      "With Candour: candour verify FOLDER --pin root.pin, with the pin file or its words had from the "
      "organisation by another way than this bag.");
  page.say(
      "Without: in the folder of the bag, sha256sum -c manifest-sha256.txt, or any program that validates "
      "BagIt (RFC 8493). The notes are C2SP signed notes with Ed25519 keys.");
  return page.finish();
}

std::vector<HistoryEntry> known_history(std::span<const ExportedReport> reports, const CaseworkerId& exporter,
                                        Day today) {
  std::vector<HistoryEntry> out;
  for (const ExportedReport& one : reports) {
    const std::string which = "report " + one.id.encode();
    if (one.opened)
      out.push_back({one.opened->report.day, "author", "written", which + ", as it says itself"});
    if (one.receipt)
      out.push_back({one.receipt->day, "server", "arrived", which + ", by the server's receipt"});
    else if (one.listed)
      out.push_back({one.listed->day, "server", "arrived", which + ", by the server's list"});
    if (!one.listed) continue;
    const std::string marks = marks_of(*one.listed);
    out.push_back({today, "server", "marks", which + ": " + (marks.empty() ? "none" : marks)});
  }
  for (const ExportedReport& one : reports)
    out.push_back({today, exporter.text(), "exported", "report " + one.id.encode()});
  return out;
}

}  // namespace candour::cli
