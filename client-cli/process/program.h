// SPDX-License-Identifier: AGPL-3.0-or-later
// Other programs, with their own arguments: no shell, nothing on their standard input.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "client-cli/outcome.h"

namespace candour::cli {

// Whether Ctrl-C at the terminal ends it too, or whoever started it does.
enum class Group : std::uint8_t { of_this_program, own };
// By its name in PATH; both its outputs go to `output`, and it has no other open file of ours. Whoever starts it waits for it.
// Errc::not_found where there is no such program.
Outcome<pid_t> start_program(std::vector<std::string> arguments, int output,
                             Group group = Group::of_this_program);

struct ProgramEnd {
  int status = 0;      // 128 and more: ended by a signal
  std::string output;  // of both outputs, as much as fits into 64 KiB
};
// The same, to its end.
Outcome<ProgramEnd> run_program(std::vector<std::string> arguments);

}  // namespace candour::cli
