// SPDX-License-Identifier: AGPL-3.0-or-later
// A report at a desk that opens together, as one of its readers sees it: what she has of it, from whom, and to whom she may hand her share
// on (docs/spec/threshold.md "Handing on a share"). Pure functions.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "client-cli/cases/case_file.h"
#include "client-cli/cases/known_report.h"
#include "protocol/json.h"

namespace candour::cli {

struct Together {
  ReportId report;
  Day arrived;
  unsigned needs = 2;
  bool open = false;                // she has opened it
  bool own = false;                 // she has a share of her own, and it is right
  std::vector<CaseworkerId> from;   // whose right shares were handed on to her; sorted
  std::vector<CaseworkerId> to;     // to whom she may hand hers on; sorted
  std::vector<CaseworkerId> given;  // to whom she has; sorted
  std::string trouble;              // all that is wrong, and whose doing it is; empty otherwise

  bool has_enough() const { return from.size() + (own ? 1 : 0) >= needs; }
};

// `report` has a shared key. `its`: the case that it belongs to, null while it is not open. `shares`: all events that hand on one of it.
using SharesHandedOn = std::vector<const VerifiedEvent*>;
Together together_of(const KnownReport& report, const ListedReport& listed, const CaseFile* its,
                     const SharesHandedOn& shares, const CaseworkerId& me, const Roster& roster);
// By their reports, and views into `events`.
std::map<ReportId, SharesHandedOn> shares_in(std::span<const VerifiedEvent> events);

// What is there, what is lacking, and what to do about it.
std::string words_of(const Together& one, const CaseworkerId& me);
json::Object to_json(const Together& one);

}  // namespace candour::cli
