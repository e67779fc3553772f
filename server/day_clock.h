// SPDX-License-Identifier: AGPL-3.0-or-later
// What the calendar asks for (docs/spec/storage.md "Day close", "A clock that is wrong", docs/spec/retention.md): soon
// after midnight UTC the past day is closed (its rows rewritten in random order) and reports whose retention day has
// come are erased; uploads that were never finished are dropped, those without a beginning within minutes. Also at start,
// as midnight may have passed while nobody ran. Looks at the clock every minute instead of sleeping until midnight,
// because clocks are set and machines suspended; what failed is tried again at the next look. For the loop's thread;
// `server` and the store must outlive the loop.
#pragma once

#include "server/day_watch.h"
#include "server/net/server.h"
#include "server/routes/context.h"

namespace candour::server {

class DayClock {
 public:
  DayClock(Server& server, const Context& context) : server_(server), context_(context) {}
  // Does what is due, then watches for more.
  void start();

 private:
  void look();
  void look_at_the_disk();
  void close(Day today);
  void erase_due(Day today);
  void log_once(Literal what, const Error& error);

  Server& server_;
  const Context& context_;
  DayWatch watch_;
  bool closing_ = false;
  bool disk_fails_ = false;
  bool failed_ = false;  // said in the log, once for each series of failures
};

}  // namespace candour::server
