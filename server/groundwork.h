// SPDX-License-Identifier: AGPL-3.0-or-later
// What init, restore and rekey stand on: the two folders, and keys that are made where there are none.
// Overwrites nothing.
#pragma once

#include "server/commands.h"
#include "server/process/secrets.h"

namespace candour::server {

Findings make_folders(const Config& config);
// The key that is there, or a new one. Errc::conflict where one is missing (`lost`) that opened something
// which is still there.
Result<ServerSecret> receipt_key_or_new(const std::filesystem::path& file, bool lost);
Result<DatabaseKeyFile> database_key_or_new(const std::filesystem::path& file, const CommandOptions& options,
                                            bool lost = false);

std::filesystem::path backup_key_file(const Config& config, const CommandOptions& options);

}  // namespace candour::server
