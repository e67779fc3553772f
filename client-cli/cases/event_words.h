// SPDX-License-Identifier: AGPL-3.0-or-later
// What an event says, on one line: for a timeline, and for the history in a bag of evidence.
#pragma once

#include <string>

#include "protocol/case_event.h"

namespace candour::cli {

// A note is only named: its words are many lines.
std::string words_of(const EventBody& body);
// The same for who is handed a bag: of a risk sheet only which lines were written, since where she is safe must not get to the accused.
std::string history_words_of(const EventBody& body);

}  // namespace candour::cli
