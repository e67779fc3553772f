// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/roster_keeper.h"

#include <optional>
#include <string>

#include "protocol/limits.h"
#include "server/read_file.h"
#include "server/wait.h"

namespace candour::server {

Result<RosterPointer> RosterKeeper::stored() {
  auto saved = wait_for<storage::StoredRoster>([this](auto done) { store_.latest_roster(std::move(done)); });
  if (!saved) return fail(saved);
  auto verified = verify_roster_signatures(saved->note, pin_);
  if (!verified) return fail(verified);
  return std::make_shared<const VerifiedRoster>(std::move(*verified));
}

void RosterKeeper::load(const RosterPointer& current, Day today,
                        std::move_only_function<void(Result<RosterPointer>)> done) {
  const auto note = read_file(file_, limits::roster_bytes_max);
  if (!note)
    return done(fail(Errc::io, "cannot read the roster file. Check [paths] roster and its permissions."));
  std::optional<RosterSeen> seen;
  if (current) seen = current->seen();
  auto verified = verify_roster(*note, pin_, today, seen);
  if (!verified) return done(fail(verified));
  if ((*verified)->receipt_key != receipt_key_) {
    return done(
        fail(Errc::refused,
             "the roster names another receipt key than this server's, so nobody could check a receipt. "
             "Have the steward put in the one that candourd init printed."));
  }
  auto accepted = std::make_shared<const VerifiedRoster>(std::move(*verified));
  store_.save_roster(accepted->roster().version, accepted->note(),
                     [accepted, done = std::move(done)](Result<> saved) mutable {
                       if (!saved) return done(fail(saved));
                       done(RosterPointer(accepted));
                     });
}

}  // namespace candour::server
