// SPDX-License-Identifier: AGPL-3.0-or-later
// What candourd gives up once it has what it needs, so that a bug in a parser is worth little to whoever finds it. None of it can
// be taken back. Decision: docs/decisions/0007-confinement.md.
#pragma once

#include <filesystem>
#include <vector>

#include "crypto/core/result.h"

namespace candour::server {

// What stays within reach. Everything must be there already; a file is reached through its folder, as it may be replaced.
struct Reach {
  std::vector<std::filesystem::path> read;          // files in these folders and below, or single files
  std::vector<std::filesystem::path> read_write;    // folders: files may be read, written, made and removed
  std::vector<std::filesystem::path> make_sockets;  // folders: sockets may be made, and names removed
};

bool has_landlock();

// No other files than these, nothing executed, no TCP connection made, no signal to others (Landlock, as far as this kernel goes;
// nothing without it). For the calling thread and those that it starts: call it before the first.
Result<> confine_files(const Reach& reach);

// Every Linux capability, for root too. For the calling thread and those that it starts.
Result<> drop_capabilities();

// Only the system calls that serving takes, for all threads (seccomp). No new sockets, programs, processes or executable memory:
// listen first. What is not allowed fails with ENOSYS, so that a C library can do without; what only an intruder would try ends
// the process.
Result<> confine_calls();

}  // namespace candour::server
