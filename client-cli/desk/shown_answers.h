// SPDX-License-Identifier: AGPL-3.0-or-later
// The answers of a report with the words of the questions, in the order in which the form asks, then what the form does not know.
// Untrusted text: whoever shows it makes it harmless. Pure functions.
#pragma once

#include <string>
#include <vector>

#include "protocol/form.h"
#include "protocol/report_json.h"

namespace candour::cli {

struct ShownAnswer {
  std::string id;  // of the question
  std::string question;
  std::string text;                 // what was written or chosen; or
  std::vector<std::string> chosen;  // the several that were chosen
  bool is_list = false;
};

// `form`: the roster's; null where there is none at hand.
std::vector<ShownAnswer> shown_answers(const Report& report, const Form* form);

}  // namespace candour::cli
