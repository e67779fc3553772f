// SPDX-License-Identifier: AGPL-3.0-or-later
// What a caseworker needs to reach her desk (docs/spec/desk.md "Invitation"): its address, the key with which Tor lets her in, and whose
// roster to believe. Sealed to her key as an age file; not signed, so she compares its words with the steward.
#pragma once

#include <string>
#include <string_view>

#include "crypto/core/result.h"
#include "protocol/ids.h"
#include "protocol/pin.h"

namespace candour {

struct Invitation {
  CaseworkerId who;
  std::string origin;  // of the desk, as she signs it when she signs in
  // Secret: of Tor's client authorisation (rend-spec-v3, "descriptor:x25519:"), 52 characters of base32; empty where Tor asks for none.
  std::string authorisation;
  Pin pin;
};

std::string encode_invitation(const Invitation& invitation);
Result<Invitation> parse_invitation(std::string_view text);

// Eight words for where the desk is and whose roster counts there: fingerprint(origin LF pin file).
std::string desk_fingerprint(std::string_view origin, const Pin& pin);

}  // namespace candour
