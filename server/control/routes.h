// SPDX-License-Identifier: AGPL-3.0-or-later
// The control socket (docs/spec/cli.md "Control socket"): metrics and backups, for whoever may enter the data
// folder. It is HTTP like the other listeners, so that there is one loop, one parser and one set of bounds.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

#include "server/routes/context.h"

namespace candour::server {

// In the data folder.
inline constexpr const char* kControlSocket = "control.sock";
inline constexpr const char* kBackupFile = "backup.db";

struct Control {
  Context& context;
  std::filesystem::path data;
  const storage::Quotas& quotas;
  std::shared_ptr<std::atomic<bool>> backing_up = std::make_shared<std::atomic<bool>>(false);
  // Of the database, as of the first question of a day: a size that is asked for again and again would tell
  // when a report came.
  std::optional<Day> sized_on;
  std::uint64_t database_bytes = 0;
};

// On the loop's thread; `control` must outlive the router.
void add_metrics_route(Router& router, Control& control);
void add_backup_route(Router& router, Control& control);

}  // namespace candour::server
