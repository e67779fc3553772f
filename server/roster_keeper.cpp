// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/roster_keeper.h"

#include <optional>
#include <string>

#include "protocol/limits.h"
#include "server/process/log.h"
#include "server/read_file.h"
#include "server/wait.h"

namespace candour::server {

Result<VerifiedRoster> read_roster(const std::filesystem::path& file, const Pin& pin,
                                   const NoteVerifierKey& receipt_key, Day today,
                                   const std::optional<RosterSeen>& last_seen) {
  const auto note = read_file(file, limits::roster_bytes_max);
  if (!note) return fail(Errc::io, "cannot read the roster file. Check [paths] roster and its permissions.");
  auto verified = verify_roster(*note, pin, today, last_seen);
  if (verified && (*verified)->receipt_key != receipt_key) {
    return fail(Errc::refused,
                "the roster names another receipt key than this server's, so nobody could check a receipt. "
                "Have the steward put in the one that candourd init prints.");
  }
  return verified;
}

Result<RosterPointer> RosterKeeper::stored() {
  auto saved = wait_for<storage::StoredRoster>([this](auto done) { store_.latest_roster(std::move(done)); });
  if (!saved) return fail(saved);
  auto verified = verify_roster_signatures(saved->note, pin_);
  if (verified) return std::make_shared<const VerifiedRoster>(std::move(*verified));
  log("the roster accepted last is not signed under this pin, and is forgotten", verified.error());
  const auto forgotten = wait_for<void>([this](auto done) { store_.forget_roster(std::move(done)); });
  if (!forgotten) return fail(forgotten);
  return fail(Errc::not_found, "no roster has been accepted under this pin yet");
}

void RosterKeeper::load(const RosterPointer& current, Day today,
                        std::move_only_function<void(Result<RosterPointer>)> done) {
  std::optional<RosterSeen> seen;
  if (current) seen = current->seen();
  auto verified = read_roster(file_, pin_, receipt_key_, today, seen);
  if (!verified) return done(fail(verified));
  auto accepted = std::make_shared<const VerifiedRoster>(std::move(*verified));
  store_.save_roster(accepted->roster().version, accepted->note(),
                     [accepted, done = std::move(done)](Result<> saved) mutable {
                       if (!saved) return done(fail(saved));
                       done(RosterPointer(accepted));
                     });
}

}  // namespace candour::server
