// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/evidence/exported_report.h"

#include <algorithm>

#include "client-cli/evidence/bag_layout.h"
#include "client-cli/files/file_kind.h"
#include "client-cli/terminal/visible.h"

namespace candour::cli {

Outcome<ExportedReport> export_report(BagWriter& bag, std::size_t index, const SealedSource& source,
                                      const ReportAccess& access, unsigned threads) {
  const std::string folder = report_folder(index);
  auto sealed = bag.begin(folder + std::string(sealed_member));
  if (!sealed) return fail(sealed);
  BagFolder originals(bag, folder);
  ReportOpener report(access.identities, access.who, &originals, threads);
  auto done = source([&](ByteView piece) -> Outcome<> {
    if (auto written = sealed->write(piece); !written) return written;
    return report.update(piece);
  });
  if (!done) return fail(done);
  auto contents = report.finish_unsigned();
  if (!contents) return fail(contents);
  ExportedReport out;
  if (*contents) {
    if (!access.who.report) {
      return fail_with(
          Errc::refused,
          "this was sealed as a single file, and does not say which report it is. Give its ID too.");
    }
    out.id = *access.who.report;
  } else {
    auto opened = report.finish();
    if (!opened) return fail(opened);
    out.id = opened->manifest->report;
    out.opened = *std::move(opened);
  }
  const auto digest = sealed->end();
  if (!digest) return fail(digest);
  if (out.opened)
    if (auto same = access.check_sealed(*digest, out.opened->manifest.manifest()); !same) return fail(same);
  out.sealed_sha256 = *digest;
  return out;
}

Outcome<> add_receipt(BagWriter& bag, std::vector<ExportedReport>& reports, const std::string& name,
                      std::string_view note, const Roster& roster) {
  const auto receipt = verify_receipt(note, roster.receipt_key);
  if (!receipt) return fail_as(name, note, FileKind::receipt, receipt);
  const auto at = std::ranges::find(reports, receipt->report, &ExportedReport::id);
  if (at == reports.end()) {
    return fail_with(Errc::no_match, fmt::format("{}: is the receipt of the report {}, which is not exported "
                                                 "here. Leave it out, or export that report too.",
                                                 visible_line(name), receipt->report.encode()));
  }
  if (receipt->sha256 != at->sealed_sha256) {
    return fail_with(
        Errc::not_authentic,
        fmt::format(
            "{}: the sealed bytes are not those that the server signed for: they were replaced since. "
            "Nothing was exported. To keep what there is, export it without the receipt, and take "
            "both to somebody who can look into it.",
            visible_line(name)));
  }
  if (at->receipt) return {};  // the same once more
  at->receipt = *receipt;
  const auto index = static_cast<std::size_t>(at - reports.begin());
  return bag.add(report_folder(index) + std::string(receipt_member), note);
}

}  // namespace candour::cli
