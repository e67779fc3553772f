// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/doctor/machine.h"

#include <sys/timex.h>

#include <fstream>
#include <optional>
#include <string>

#include "server/process/confine.h"

namespace candour::cli {
namespace {

namespace fs = std::filesystem;

// The line `number` (from 0) of a small file; none when there is no such line or file.
std::optional<std::string> line_of(const fs::path& file, int number) {
  std::ifstream in(file);
  std::string line;
  for (int i = 0; i <= number; ++i)
    if (!std::getline(in, line)) return std::nullopt;
  return line;
}

std::string swap_advice(const fs::path& root) {
  if (!line_of(root / "proc/swaps", 0)) return "cannot be looked at. Run this as root.";
  if (!line_of(root / "proc/swaps", 1)) return "";
  return "in use, so keys in memory may be written to disk. Switch it off (swapoff -a, and out of "
         "/etc/fstab), or let the service "
         "lock its memory (LimitMEMLOCK=infinity).";
}

std::string crash_dump_advice(const fs::path& root) {
  const auto loaded = line_of(root / "sys/kernel/kexec_crash_loaded", 0);
  if (!loaded || *loaded == "0") return "";
  return "the kernel writes all of memory to disk when it crashes, keys included. Remove kdump.";
}

std::string core_dump_advice(const fs::path& root) {
  const auto pattern = line_of(root / "proc/sys/kernel/core_pattern", 0);
  if (!pattern || !pattern->starts_with('|') || pattern->starts_with("|/bin/false")) return "";
  return "a program takes the memory of whatever crashes, Tor's too, perhaps to keep it on disk. Set "
         "kernel.core_pattern=core in /etc/sysctl.d, and remove that program (systemd-coredump, apport).";
}

std::string clock_advice() {
  timex state{};
  const int status = adjtimex(&state);
  if (status != TIME_ERROR && (state.status & STA_UNSYNC) == 0) return "";
  return "nobody sets it. Days in receipts, the roster's validity and retention depend on it: install "
         "systemd-timesyncd or chrony.";
}

}  // namespace

Checks check_machine(const fs::path& root) {
  return {
      {"swap", swap_advice(root)},
      {"kernel crash dumps", crash_dump_advice(root)},
      {"core dumps", core_dump_advice(root)},
      {"clock", clock_advice()},
      {"Landlock",
       server::has_landlock()
           ? ""
           : "this kernel has none, so a server that was taken over could read whatever its user may. Use "
             "Debian's kernel, and lsm=landlock,… where it is switched off."}};
}

}  // namespace candour::cli
