// SPDX-License-Identifier: AGPL-3.0-or-later
// Which cases come first, and why. Pure functions over a desk that is up to date.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client-cli/cases/case_desk.h"

namespace candour::cli {

// An account of it is not marked seen by her.
bool is_unread(const CaseDesk& desk, const CaseFile& one);

struct NextDeadline {
  Day day;
  std::string name;
};
std::optional<NextDeadline> next_deadline(const CaseFile& one);

// Closed ones last; danger that nobody has taken up, then what she has not read, then the next deadline, then the latest. Views into
// desk.cases().
std::vector<const CaseFile*> by_urgency(const CaseDesk& desk);

}  // namespace candour::cli
