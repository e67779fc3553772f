// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/evidence/account_page.h"

namespace candour::cli {

void show_answers(Page& page, unsigned level, const std::vector<ShownAnswer>& answers) {
  for (const ShownAnswer& answer : answers) {
    page.heading(level, answer.question);
    if (!answer.is_list) {
      page.quote(answer.text);
      continue;
    }
    page.begin_list();
    for (const std::string& chosen : answer.chosen) page.item(chosen);
    page.end_list();
  }
}

void show_accused(Page& page, const std::vector<std::pair<std::string, std::string>>& accused) {
  if (accused.empty()) return;
  page.heading(3, "The accused, as identified by the author");
  page.begin_table({"What", "Answer"});
  for (const auto& [identifier, value] : accused) page.row({identifier, value});
  page.end_table();
}

}  // namespace candour::cli
