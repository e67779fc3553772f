// SPDX-License-Identifier: AGPL-3.0-or-later
// report.html of a bag: its reports in words, for who reads them on a screen or on paper (docs/spec/evidence.md "What is in it"). For
// reading alone; the originals beside it are the evidence. Pure functions over untrusted text.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "client-cli/evidence/exported_report.h"
#include "client-cli/evidence/history.h"

namespace candour::cli {

std::string report_page(std::span<const ExportedReport> reports, const VerifiedRoster& roster,
                        const CaseworkerId& exporter, Day today);

// What is known here of each report and of the export. A case's notes and events are appended by who has them.
std::vector<HistoryEntry> known_history(std::span<const ExportedReport> reports, const CaseworkerId& exporter,
                                        Day today);

}  // namespace candour::cli
