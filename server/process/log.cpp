// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/process/log.h"

#include <fmt/format.h>

#include <cstdio>

namespace candour::server {

void log(Literal event) { fmt::print(stderr, "candourd: {}\n", event.view()); }

void log(Literal event, const Error& error) {
  fmt::print(stderr, "candourd: {}: {}\n", event.view(), error.message.view());
}

}  // namespace candour::server
