// SPDX-License-Identifier: AGPL-3.0-or-later
// Which roster the server goes by. A new one is read from the roster file at start and on SIGHUP, verified
// under the pin, compared with the newest that was ever accepted (kept in the store, so that an older one is
// refused after a restart too) and with our own receipt key, saved, and only then used. What is refused
// changes nothing. Under another pin than the one that the last roster was accepted under, versions begin
// anew: the pin is the operator's decision. Spec: docs/spec/roster.md.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "crypto/core/note.h"
#include "crypto/core/result.h"
#include "protocol/day.h"
#include "protocol/pin.h"
#include "protocol/roster.h"
#include "storage/store.h"

namespace candour::server {

using RosterPointer = std::shared_ptr<const VerifiedRoster>;

// Reads and verifies the roster file, and that it names our receipt key.
Result<VerifiedRoster> read_roster(const std::filesystem::path& file, const Pin& pin,
                                   const NoteVerifierKey& receipt_key, Day today,
                                   const std::optional<RosterSeen>& last_seen);

class RosterKeeper {
 public:
  RosterKeeper(storage::Store& store, Pin pin, NoteVerifierKey receipt_key, std::filesystem::path file)
      : store_(store), pin_(std::move(pin)), receipt_key_(std::move(receipt_key)), file_(std::move(file)) {}

  // The one accepted last, perhaps expired since; not_found when there is none. One of another pin is
  // forgotten. Waits for the disk.
  Result<RosterPointer> stored();
  // Whether it names our receipt key: that may have been replaced since it was accepted.
  bool fits(const VerifiedRoster& roster) const { return roster->receipt_key == receipt_key_; }
  void set_file(std::filesystem::path file) { file_ = std::move(file); }
  // Reads the file. `done` on a thread of the store, or at once when the file itself is refused.
  void load(const RosterPointer& current, Day today,
            std::move_only_function<void(Result<RosterPointer>)> done);

 private:
  storage::Store& store_;
  Pin pin_;
  NoteVerifierKey receipt_key_;
  std::filesystem::path file_;
};

}  // namespace candour::server
