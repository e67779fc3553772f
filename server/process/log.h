// SPDX-License-Identifier: AGPL-3.0-or-later
// Everything that a service can ever write about itself, on stderr: literal sentences, and the literal
// messages of errors. There is no way to log a run-time text, and so none to log a request, an address, an id
// or a size. Any thread; never waits, throws or fails: a line that stderr does not take is lost.
#pragma once

#include <string_view>

#include "crypto/core/result.h"

namespace candour::server {

void log(Literal event);
void log(Literal event, const Error& error);
// The program that speaks: candourd, unless it is called otherwise before anything is logged.
void log_as(Literal program);
// Where the listeners are, for whoever started us: from the configuration, but for a port left to chance. `holders` may be empty.
void log_ready(std::string_view reporter, std::string_view desk, std::string_view holders);

}  // namespace candour::server
