// SPDX-License-Identifier: AGPL-3.0-or-later
// One report on its way into a bag: its sealed bytes as they come, and what is in them, checked as `candour open` does. Constant memory.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "client-cli/desk/opened_report.h"
#include "client-cli/desk/report_access.h"
#include "client-cli/desk/session.h"
#include "client-cli/evidence/bag_writer.h"
#include "protocol/receipt.h"

namespace candour::cli {

struct ExportedReport {
  ReportId id;
  std::optional<OpenedReport> opened;  // nothing where it was sealed without a manifest
  Digest sealed_sha256{};
  std::optional<ListedReport> listed;  // the server's word, where it was asked
  std::optional<Receipt> receipt;
};

// Where the sealed bytes come from: the desk, or a file. Gives them all to the sink, in order.
using SealedSource = std::function<Outcome<>(const std::function<Outcome<>(ByteView)>& sink)>;

// Into the folder of the index. Of what was sealed without a manifest nothing says which report it is but `access.who.report`.
Outcome<ExportedReport> export_report(BagWriter& bag, std::size_t index, const SealedSource& source,
                                      const ReportAccess& access, unsigned threads);

// A receipt as its author handed it over: put beside the report that it is for. Refused where it is for none of them, for other
// sealed bytes, or not signed by the roster's receipt key. `name`: of its file, for messages.
Outcome<> add_receipt(BagWriter& bag, std::vector<ExportedReport>& reports, const std::string& name,
                      std::string_view note, const Roster& roster);

}  // namespace candour::cli
