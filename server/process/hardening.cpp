// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/process/hardening.h"

#include <malloc.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>
#include <string>

namespace candour::server {
namespace {

// Bodies and pieces are large and short-lived: each its own mapping, returned at once, but for a few that parts of
// uploads use again (storage/part_buffers.h). glibc would otherwise raise this threshold at the first free and
// keep the peak resident for ever.
constexpr int kMapFromBytes = 128 << 10;
constexpr int kArenasMax = 2;

// True also where it cannot be told.
bool is_swap_in_use() {
  std::ifstream swaps("/proc/swaps");  // a head line, and one for each
  std::string line;
  return !std::getline(swaps, line) || std::getline(swaps, line);
}

}  // namespace

Result<> harden_process() {
  umask(S_IRWXG | S_IRWXO);
  std::signal(SIGPIPE, SIG_IGN);  // a peer or a log reader that left is an error of one write, not our end
  const rlimit none{0, 0};
  rlimit files{};
  if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 ||
      prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || getrlimit(RLIMIT_NOFILE, &files) != 0) {
    return fail(
        Errc::io,
        "the system refused to turn off core dumps or new privileges. Check the service's unit file.");
  }
  files.rlim_cur = files.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &files) != 0) {
    return fail(Errc::io,
                "the system refused more open files. Raise LimitNOFILE in the service's unit file.");
  }
  mallopt(M_MMAP_THRESHOLD, kMapFromBytes);
  mallopt(M_ARENA_MAX, kArenasMax);
  return {};
}

bool keep_memory_from_swap() {
  rlimit all{RLIM_INFINITY, RLIM_INFINITY};
  setrlimit(RLIMIT_MEMLOCK, &all);  // granted to root; others have what their unit file says
  // Under a limit, memory that can be locked could run out long before the machine's does.
  const bool unlimited = getrlimit(RLIMIT_MEMLOCK, &all) == 0 && all.rlim_cur == RLIM_INFINITY;
  return (unlimited && mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0) || !is_swap_in_use();
}

}  // namespace candour::server
