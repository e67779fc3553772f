// SPDX-License-Identifier: AGPL-3.0-or-later
// Searching in cases without regard to case (of A to Z): every word has to be somewhere. Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client-cli/cases/case_file.h"

namespace candour::cli {

// In lower case; separated by blanks.
std::vector<std::string> words_to_find(std::string_view text);

// Takes out of `words` those that are in `text`.
void strike_out(std::vector<std::string>& words, std::string_view text);
// Those that are in what every list shows of a case, and in its notes. Accounts are not in a CaseFile.
void strike_out(std::vector<std::string>& words, const CaseFile& one);

}  // namespace candour::cli
