// SPDX-License-Identifier: AGPL-3.0-or-later
// SIGHUP: the configuration and the roster again, while requests go on (docs/spec/cli.md "SIGHUP"). What is refused changes
// nothing; what cannot change while serving is named and waits for the next start. Loop's thread; all that is handed in must
// outlive the loop.
#pragma once

#include <functional>

#include "server/net/server.h"
#include "server/process/config.h"
#include "server/roster_keeper.h"
#include "server/routes/context.h"
#include "storage/options.h"

namespace candour::server {

// The keys of `next` that differ from `now` and are not taken before the next start.
Findings awaiting_start(const Config& now, const Config& next);

class Reload {
 public:
  Reload(Config config, Server& server, storage::Quotas& quotas, RosterKeeper& keeper, Context& context)
      : config_(std::move(config)), server_(server), quotas_(quotas), keeper_(keeper), context_(context) {}
  // `done` on the loop's thread.
  void begin(std::function<void()> done);

 private:
  void read_configuration();

  Config config_;  // by which the server goes
  Server& server_;
  storage::Quotas& quotas_;
  RosterKeeper& keeper_;
  Context& context_;
};

}  // namespace candour::server
