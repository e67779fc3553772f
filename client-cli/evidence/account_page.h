// SPDX-License-Identifier: AGPL-3.0-or-later
// What an author wrote, on a page to be read: the same in a bag as where words were struck out.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "client-cli/desk/shown_answers.h"
#include "client-cli/evidence/page.h"

namespace candour::cli {

// Each under its question, as a heading of `level`.
void show_answers(Page& page, unsigned level, const std::vector<ShownAnswer>& answers);
// Identifier and what she gave for it; nothing where there is none.
void show_accused(Page& page, const std::vector<std::pair<std::string, std::string>>& accused);

}  // namespace candour::cli
