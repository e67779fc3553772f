// SPDX-License-Identifier: AGPL-3.0-or-later
// The matches that a caseworker's tool has found, as they are shown: which of her cases, and which reports that nobody can read yet, name the
// same person (docs/spec/matching.md "Matching"). Pure functions over a desk that is up to date; views into it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client-cli/cases/case_desk.h"

namespace candour::cli {

enum class MatchedState : std::uint8_t {
  sent,        // nothing of it was held back
  opened,      // held back, and opened by a match
  held,        // held back, until more name the same person
  asks_first,  // held back: its author left words of how to reach her, and wants to be asked
  unlisted,    // not listed to her, or no more
};
std::string_view name_of(MatchedState state);  // as in JSON

struct MatchedReport {
  ReportId report;
  MatchedState state = MatchedState::unlisted;
  const CaseFile* its = nullptr;       // null while it is not open
  std::optional<std::string> contact;  // untrusted text; not before the warning was shown
};

struct FoundMatch {
  std::size_t authors = 0;
  std::vector<MatchedReport> reports;      // by id
  std::vector<CaseworkerId> shared_leads;  // who lead more than one of its cases
};

std::vector<FoundMatch> matches_of(const CaseDesk& desk);
// Does somebody else name the same person?
bool is_matched(const CaseDesk& desk, const CaseFile& one);

// A companion that is not as it should be, in words.
struct WrongCompanion {
  ReportId report;
  std::string_view words;
};
std::vector<WrongCompanion> wrong_companions(const CaseDesk& desk);
// How many are for another evaluation key, which is nobody's fault.
std::size_t of_another_key(const CaseDesk& desk);

// Reports that nobody can read yet.
json::Value held_json(const CaseDesk& desk);
// What `candour match --json` prints, and the desk page shows. With contacts only where they were asked for.
json::Object matches_json(const CaseDesk& desk, bool with_contacts);

}  // namespace candour::cli
