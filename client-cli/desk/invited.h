// SPDX-License-Identifier: AGPL-3.0-or-later
// Invitations to a desk as files (docs/spec/desk.md "Invitation"): sealed to a caseworker, opened with her key file, and followed.
#pragma once

#include <memory>
#include <string>

#include "client-cli/cases/case_desk.h"
#include "client-cli/outcome.h"
#include "client-cli/tor/own_tor.h"
#include "crypto/core/key_file.h"
#include "protocol/invitation.h"
#include "protocol/sealing_key_note.h"

namespace candour::cli {

Outcome<Bytes> seal_invitation(const Invitation& invitation, const SealingKey& to);

// Sealed to this key, and for its owner.
Outcome<Invitation> open_invitation(const std::string& path, const KeyFile& key);

// As Tor takes it; empty where the desk asks for none.
Outcome<std::string> authorisation_line(const Invitation& invitation);

// Has she said on this computer that the steward reads the words of this desk? An invitation is not signed: before that, none is followed.
bool is_compared(const Invitation& invitation, const RosterMemory& memory);
Outcome<> remember_compared(const Invitation& invitation, const RosterMemory& memory);

// Where it leads, in place of a server and a pin; and by which Tor, unless the options name a proxy. Refused where it is neither an onion
// service nor on this machine: its owner would learn where she is.
struct Invited {
  CaseDeskOptions to;
  std::unique_ptr<OwnTor> tor;
};
Outcome<Invited> follow_invitation(const CaseDeskOptions& options, const KeyFile& key,
                                   const DeskWatch& watch);

}  // namespace candour::cli
