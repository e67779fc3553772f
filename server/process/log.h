// SPDX-License-Identifier: AGPL-3.0-or-later
// Everything that candourd can ever write about itself, on stderr: literal sentences, and the literal
// messages of errors. There is no way to log a run-time text, and so none to log a request, an address, an id
// or a size.
#pragma once

#include "crypto/core/result.h"

namespace candour::server {

void log(Literal event);
void log(Literal event, const Error& error);

}  // namespace candour::server
