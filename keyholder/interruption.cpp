// SPDX-License-Identifier: AGPL-3.0-or-later
#include "keyholder/interruption.h"

#include <csignal>

namespace candour::keyholder {
namespace {

sigset_t interruptions() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  return set;
}

}  // namespace

void block_interruptions() {
  const sigset_t set = interruptions();
  sigprocmask(SIG_BLOCK, &set, nullptr);
}

bool is_interrupted() {
  sigset_t waiting;
  return sigpending(&waiting) == 0 &&
         (sigismember(&waiting, SIGTERM) == 1 || sigismember(&waiting, SIGINT) == 1);
}

bool pause(std::chrono::milliseconds time) {
  using std::chrono::seconds;
  const auto whole = std::chrono::floor<seconds>(time);
  const timespec timeout{.tv_sec = whole.count(), .tv_nsec = std::chrono::nanoseconds(time - whole).count()};
  const sigset_t set = interruptions();
  return sigtimedwait(&set, nullptr, &timeout) > 0;
}

}  // namespace candour::keyholder
