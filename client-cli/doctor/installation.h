// SPDX-License-Identifier: AGPL-3.0-or-later
// What the configuration names: secrets, data, disk, roster.
#pragma once

#include "client-cli/doctor/check.h"
#include "protocol/day.h"
#include "server/process/config.h"

namespace candour::cli {

Checks check_installation(const server::Config& config, Day today);

}  // namespace candour::cli
