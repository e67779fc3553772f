// SPDX-License-Identifier: AGPL-3.0-or-later
// What an event says, on one line: for a timeline, and for the history in a bag of evidence.
#pragma once

#include <string>

#include "protocol/case_event.h"

namespace candour::cli {

// A note is only named: its words are many lines.
std::string words_of(const EventBody& body);

}  // namespace candour::cli
