// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a reporter looks for replies (docs/spec/drops.md "The index and the check-in"). Nothing is asked of anybody: `is_there` reads the
// index that she has.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "crypto/core/secret.h"
#include "protocol/drop.h"
#include "protocol/roster.h"

namespace candour {

inline constexpr std::uint64_t replies_max = 1000;  // of one caseworker in one mailbox

struct FoundReply {
  const Caseworker* caseworker;  // of the roster given
  std::uint64_t number = 0;
  DropTag tag;
};

// By caseworker, as the roster has them, then number.
std::vector<FoundReply> find_replies(const Secret<32>& mailbox_root, const Roster& roster,
                                     const std::function<bool(const DropTag&)>& is_there);

}  // namespace candour
