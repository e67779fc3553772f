// SPDX-License-Identifier: AGPL-3.0-or-later
// candour-keyholder init: a new key, and what the steward puts in the roster of it (docs/spec/matching.md "Keys of holders").
#pragma once

#include <string>

#include "client-cli/outcome.h"

namespace candour::keyholder {

struct InitOptions {
  std::string key, out;
};
cli::Outcome<> init(const InitOptions& options);

}  // namespace candour::keyholder
