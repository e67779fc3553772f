// SPDX-License-Identifier: AGPL-3.0-or-later
// The last line of an event (docs/spec/cases.md "Kinds"): one JSON object, as its kind says. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "protocol/case_event.h"

namespace candour {

// On one line, without its line feed.
std::string encode_event_body(const EventBody& body);
// A kind that is not known gives event::Other. Errc::malformed, Errc::too_large, Errc::unsupported.
Result<EventBody> parse_event_body(std::string_view kind, std::string_view json);

}  // namespace candour
