// SPDX-License-Identifier: AGPL-3.0-or-later
// Is a bag whole, as RFC 8493 says (docs/spec/evidence.md "Checking")? Whoever made it. Nothing about who that was: evidence_check.h.
#pragma once

#include <string>
#include <vector>

#include "client-cli/evidence/bag_text.h"
#include "client-cli/evidence/bag_tree.h"

namespace candour::cli {

// What was found, put together by everybody who checks.
struct BagReport {
  BagFindings findings;              // what is wrong
  std::vector<std::string> remarks;  // what was not looked at, or what should be known
  void add(std::string_view file, std::string_view what) {
    findings.push_back({std::string(file), std::string(what)});
  }
};

// Gives what bag-info.txt says, for who goes on.
BagInfo check_whole(const BagTree& tree, BagReport& report);

}  // namespace candour::cli
