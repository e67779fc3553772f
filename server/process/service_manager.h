// SPDX-License-Identifier: AGPL-3.0-or-later
// What the service manager hears of us (the sd_notify protocol: one datagram a message to $NOTIFY_SOCKET), without a library for
// a few lines. Without such a socket nothing is said. Made before the process is confined: no socket can be opened afterwards.
// One thread.
#pragma once

#include <chrono>

#include "server/process/descriptor.h"

namespace candour::server {

class ServiceManager {
 public:
  ServiceManager();

  void ready();
  void reloading();  // `ready` ends it
  void stopping();
  void alive();
  // It wants to hear `alive` at least this often ($WATCHDOG_USEC); 0: it does not ask.
  std::chrono::seconds watchdog() const { return watchdog_; }

 private:
  Descriptor socket_;
  std::chrono::seconds watchdog_;
};

}  // namespace candour::server
