// SPDX-License-Identifier: AGPL-3.0-or-later
// What happens once a day: soon after midnight UTC the past day is closed (its rows rewritten in random
// order), uploads that were never finished are dropped, and reports whose retention day has come are
// erased. Also at start, as midnight may have passed while nobody ran. Looks at the clock every minute instead of sleeping until midnight: clocks are set and machines
// suspended. For the loop's thread; `server`, `store` must outlive the loop.
#pragma once

#include "protocol/day.h"
#include "server/net/server.h"
#include "server/routes/context.h"

namespace candour::server {

class DayClock {
 public:
  DayClock(Server& server, const Context& context) : server_(server), context_(context) {}
  // Does the work of the day, then watches for the next.
  void start();

 private:
  void look();

  Server& server_;
  const Context& context_;
  Day closed_;  // the last day that was begun
};

}  // namespace candour::server
