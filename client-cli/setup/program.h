// SPDX-License-Identifier: AGPL-3.0-or-later
// Another program, run to its end with its own arguments: no shell, nothing on its standard input.
#pragma once

#include <string>
#include <vector>

#include "client-cli/outcome.h"

namespace candour::cli {

struct ProgramEnd {
  int status = 0;      // 128 and more: ended by a signal
  std::string output;  // of both outputs, as much as fits into 64 KiB
};
// By its name in PATH. Errc::not_found where there is no such program.
Outcome<ProgramEnd> run_program(std::vector<std::string> arguments);

}  // namespace candour::cli
