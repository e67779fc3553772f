// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/process/finding.h"

#include <fmt/format.h>

#include <cstdio>

namespace candour::server {

void say(const Finding& finding) {
  fmt::print(stderr, "candourd: {}: {}\n", finding.place.empty() ? "failed" : finding.place,
             finding.error.message.view());
}

}  // namespace candour::server
