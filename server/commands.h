// SPDX-License-Identifier: AGPL-3.0-or-later
// The three commands of candourd (docs/spec/cli.md "Server"). Each waits until it is done.
#pragma once

#include <filesystem>

#include "crypto/core/result.h"

namespace candour::server {

Result<> init(const std::filesystem::path& config_file);
Result<> run(const std::filesystem::path& config_file);
Result<> check_config(const std::filesystem::path& config_file);

}  // namespace candour::server
