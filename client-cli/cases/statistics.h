// SPDX-License-Identifier: AGPL-3.0-or-later
// How many cases there are of what kind, with small numbers hidden (docs/spec/cli.md "Statistics"). Pure functions.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "client-cli/cases/case_file.h"
#include "client-cli/cases/small_counts.h"

namespace candour::cli {

struct Statistics {
  std::optional<std::uint64_t> total;  // none: fewer than 5
  bool rounded = false;                // since a table hides something, and all have the same total
  std::vector<std::pair<std::string, ShownTable>> tables;
};

Statistics statistics_of(const std::vector<CaseFile>& cases);

}  // namespace candour::cli
