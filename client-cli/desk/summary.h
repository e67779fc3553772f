// SPDX-License-Identifier: AGPL-3.0-or-later
// A report in words, for a caseworker at a terminal. Everything in it is untrusted text and shown harmless.
#pragma once

#include <string>
#include <vector>

#include "client-cli/desk/opened_report.h"
#include "client-cli/desk/roster_alarms.h"
#include "protocol/form.h"

namespace candour::cli {

// `form`: the roster's, for the questions' words; null where there is none at hand.
std::string summary_of(const OpenedReport& opened, const Form* form);

// For --json; what she wrote is in report.json of the folder. `alarms`: null where no roster is known.
std::string summary_json(const OpenedReport& opened, const std::string& directory,
                         const std::vector<CaseworkerId>& added_readers, const RosterAlarms* alarms);

}  // namespace candour::cli
