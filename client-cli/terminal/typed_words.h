// SPDX-License-Identifier: AGPL-3.0-or-later
// What somebody writes at a terminal or into a pipe, as a signed note holds it: lines end with a line feed alone, a tab is four blanks,
// nothing is empty at either end. Other control characters are for the caller to refuse.
#pragma once

#include <string>
#include <string_view>

#include "client-cli/outcome.h"

namespace candour::cli {

std::string tidy_words(std::string_view typed);

// `given`: what came with an option; where it is empty, standard input is read. `what`: "reply", for the invitation to write it.
Outcome<std::string> typed_words(const std::string& given, const char* what);

}  // namespace candour::cli
