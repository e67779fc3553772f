// SPDX-License-Identifier: AGPL-3.0-or-later
// A sealed report from a file that `candour fetch` made, as a stream. Constant memory.
#pragma once

#include <functional>
#include <string>

#include "client-cli/outcome.h"
#include "crypto/core/bytes.h"

namespace candour::cli {

// Every byte in order. Any kind of file may be named by mistake: where `sink` refuses the first piece, its kind is said.
Outcome<> read_sealed_file(const std::string& path, const std::function<Outcome<>(ByteView)>& sink);

}  // namespace candour::cli
