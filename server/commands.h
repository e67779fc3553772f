// SPDX-License-Identifier: AGPL-3.0-or-later
// The commands of candourd (docs/spec/cli.md "Server"). Each waits until it is done, and gives what kept it
// from that: nothing when all went well.
#pragma once

#include <filesystem>

#include "server/process/finding.h"

namespace candour::server {

Findings init(const std::filesystem::path& config_file);
Findings run(const std::filesystem::path& config_file);
// `run --check-config`: everything that `run` reads, without the database, which may be in use.
Findings check_config(const std::filesystem::path& config_file);

}  // namespace candour::server
