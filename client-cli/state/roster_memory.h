// SPDX-License-Identifier: AGPL-3.0-or-later
// The newest roster that this user has accepted under a pin, kept at
// $XDG_STATE_HOME/candour/HASH-OF-PIN/roster.note (else ~/.local/state), so that a server which shows an older
// one, with somebody in it who has been revoked since, is noticed (docs/spec/roster.md). It is public data,
// but it says that this account uses Candour: for a reporter there is none.
#pragma once

#include <optional>
#include <string>

#include "client-cli/outcome.h"
#include "protocol/pin.h"
#include "protocol/roster.h"

namespace candour::cli {

class RosterMemory {
 public:
  // Keeps nothing and remembers nothing.
  static RosterMemory none(Pin pin) { return RosterMemory(std::move(pin), ""); }
  static Outcome<RosterMemory> of_user(Pin pin);

  const Pin& pin() const { return pin_; }
  // Where it is kept, and what else belongs to this organisation; empty where nothing is.
  const std::string& directory() const { return directory_; }
  // It is there, and nobody but this user may look into it.
  Outcome<> make_directory() const;
  // The roster that was kept, verified again; nothing where there is none.
  Outcome<std::optional<VerifiedRoster>> last() const;
  // All checks of roster.md against pin, day and memory; what passes is remembered.
  Outcome<VerifiedRoster> accept(std::string_view note, Day today) const;

 private:
  RosterMemory(Pin pin, std::string directory) : pin_(std::move(pin)), directory_(std::move(directory)) {}
  Outcome<> remember(const VerifiedRoster& roster) const;
  Pin pin_;
  std::string directory_;
};

}  // namespace candour::cli
