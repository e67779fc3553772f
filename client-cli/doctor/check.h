// SPDX-License-Identifier: AGPL-3.0-or-later
// What `candour doctor` found (docs/spec/cli.md "Doctor"): a thing that was looked at, and what is unsafe about it, if anything.
#pragma once

#include <string>
#include <vector>

namespace candour::cli {

struct Check {
  std::string what;
  std::string advice;  // cause, then remedy; "" when all is well
};
using Checks = std::vector<Check>;

}  // namespace candour::cli
