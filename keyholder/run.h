// SPDX-License-Identifier: AGPL-3.0-or-later
// candour-keyholder run: asks the server for batches, evaluates them, and puts the answers, until SIGTERM (docs/spec/matching.md "Holders at work").
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "client-cli/outcome.h"

namespace candour::keyholder {

struct RunOptions {
  std::string key, server, proxy, pin, state;
  std::uint64_t daily = 0;
  std::optional<unsigned> every_seconds;
};
// Errc::no_match where the roster, believed and of today, does not have this holder: starting it again changes nothing.
cli::Outcome<> run(const RunOptions& options);

}  // namespace candour::keyholder
