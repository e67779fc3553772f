// SPDX-License-Identifier: AGPL-3.0-or-later
// A roster signed by roots that the test pins, with people whose keys the test has.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "crypto/open/identity.h"
#include "protocol/roster.h"

namespace candour::cli::test {

inline const Day roster_day = Day::parse("2026-11-23").value();
inline const DeskId legal_desk = DeskId::parse("legal").value();

struct TestRoster {
  std::vector<open::HybridIdentity> identities;  // of the caseworkers, in their order
  VerifiedRoster verified;
};
// One desk, "legal", at which all of these are. `change`: before it is signed.
TestRoster make_test_roster(const std::vector<CaseworkerId>& ids,
                            const std::function<void(Roster&)>& change = {});

}  // namespace candour::cli::test
