// SPDX-License-Identifier: AGPL-3.0-or-later
// One page with what an author wrote, and perhaps what her caseworkers noted, without what was struck out (docs/spec/evidence.md "A redacted
// page"). For reading; not evidence of anything. What is not in RedactedCase is not on it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "client-cli/desk/shown_answers.h"
#include "client-cli/evidence/phrases.h"
#include "protocol/day.h"
#include "protocol/report_json.h"

namespace candour::cli {

struct RedactedAccount {
  std::string arrived, written;
  std::vector<ShownAnswer> answers;
  std::vector<std::pair<std::string, std::string>> accused;
  std::vector<std::string> attachments;  // of which kind each is
};

struct RedactedNote {
  std::string day, author, text;
};

struct RedactedCase {
  std::vector<RedactedAccount> accounts;
  std::vector<RedactedNote> notes;
  bool with_notes = false;
  std::string by;
};

// With the words of the questions where the form is the one that was answered.
RedactedAccount account_to_redact(const Report& report, Day arrived, const Form& form);

// In every text that it has.
void strike_out(RedactedCase& all, Phrases& phrases);

// `passages`: how many were struck out.
std::string redacted_page(const RedactedCase& all, Day today, std::size_t passages);

}  // namespace candour::cli
