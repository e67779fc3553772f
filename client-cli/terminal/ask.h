// SPDX-License-Identifier: AGPL-3.0-or-later
// A question with an answer of one line, on standard input: nothing secret (passphrases: passphrase.h).
#pragma once

#include <string>
#include <string_view>

namespace candour::cli {

// Empty where nobody answers.
std::string ask_line(std::string_view question);

}  // namespace candour::cli
