// SPDX-License-Identifier: AGPL-3.0-or-later
// A line that nobody else should see, from the terminal itself (/dev/tty, no echo), so that it never stands in a shell's history,
// a process list or a pipe. For both programs. One thread; waits for the person.
#pragma once

#include <cstddef>
#include <string_view>

#include "crypto/core/result.h"
#include "crypto/core/secret.h"

namespace candour {

// Shows `prompt` and reads a line of 1 to `bytes_max` bytes. Errc::not_found: there is no terminal; unsupported: it does not hide
// what is typed; refused: the person stopped it with Ctrl-C; malformed: the line is empty; too_large; io.
Result<SecretBytes> ask_hidden_line(std::string_view prompt, std::size_t bytes_max);

// The first line of what `fd` gives, under the same bound and with the same errors; a CR at its end is dropped.
Result<SecretBytes> read_hidden_line(int fd, std::size_t bytes_max);

}  // namespace candour
