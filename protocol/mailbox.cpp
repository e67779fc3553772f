// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/mailbox.h"

#include <algorithm>

#include "protocol/drop_address.h"

namespace candour {
namespace {

constexpr std::uint64_t always_looked_for = 32;
constexpr std::uint64_t gap_max = 8;

}  // namespace

std::vector<FoundReply> find_replies(const Secret<32>& mailbox_root, const Roster& roster,
                                     const std::function<bool(const DropTag&)>& is_there) {
  std::vector<FoundReply> found;
  for (const Caseworker& caseworker : roster.caseworkers) {
    if (caseworker.revoked) continue;  // her replies would not be believed
    std::uint64_t end = always_looked_for;
    for (std::uint64_t n = 0; n < end; ++n) {
      const DropTag tag = drop_tag(reply_address(mailbox_root, caseworker.id, n));
      if (!is_there(tag)) continue;
      found.push_back({&caseworker, n, tag});
      end = std::min(std::max(end, n + 1 + gap_max), replies_max);
    }
  }
  return found;
}

}  // namespace candour
