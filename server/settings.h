// SPDX-License-Identifier: AGPL-3.0-or-later
// What the numbers of the configuration are called further inside.
#pragma once

#include "server/net/limits.h"
#include "server/process/config.h"
#include "storage/options.h"

namespace candour::server {

Limits limits_of(const Config& config);
storage::Options options_of(const Config& config);
void set_quotas(storage::Quotas& quotas, const Config& config);

}  // namespace candour::server
