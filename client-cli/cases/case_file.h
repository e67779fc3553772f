// SPDX-License-Identifier: AGPL-3.0-or-later
// The cases that a caseworker's reports and events make (docs/spec/cases.md "A case"). Pure functions over what she has opened; a
// CaseFile has views into those, which outlive it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "client-cli/cases/known_report.h"
#include "protocol/case_state.h"

namespace candour::cli {

struct CaseFile {
  CaseId id;
  std::vector<const KnownReport*>
      reports;  // by day of arrival, the first before what adds to it; at least one
  std::vector<VerifiedEvent> events;
  // Those whom its author named in all of them, and whom these admitted; sorted. Empty: sealed without a manifest.
  std::vector<CaseworkerId> entitled;
  std::vector<CaseworkerId> readers;  // of those: not revoked, not recused
  CaseState state;
  std::vector<const VerifiedEvent*>
      refused_admissions;                   // of somebody whom the author excluded, or of another desk
  std::vector<const VerifiedEvent*> leaks;  // to somebody who may read none of it

  bool is_reader(const CaseworkerId& who) const;
  // By the author of any of its reports.
  bool is_excluded(const CaseworkerId& who) const;
  // Has she said so?
  bool has_read(const CaseworkerId& who, const ReportId& report) const;
  // One more event of this case.
  void add(VerifiedEvent event, const Roster& roster);
  // By the reports alone: an answer speaks of danger.
  bool danger() const;
  // Of the accused, from the first report that names anything: "force surname", each where it is known. Untrusted text.
  std::string accused() const;
};

// Of authors whose codename follows another, the first of them (docs/spec/drops.md "Coming back").
std::map<VerifyKey, VerifyKey> first_keys_of(const std::vector<const KnownReport*>& reports);

// Events of cases that no report makes are left out. `gone` are no part of any, but a case that began with one of them is still that case.
std::vector<CaseFile> cases_of(const std::vector<const KnownReport*>& reports,
                               const std::vector<const KnownReport*>& gone, std::vector<VerifiedEvent> events,
                               const Roster& roster);

}  // namespace candour::cli
