// SPDX-License-Identifier: AGPL-3.0-or-later
// The sign-in at the desk listener (docs/spec/http.md "Desk listener"): a caseworker signs origin, nonce and expiry.
// Whether nonce and time are still good is the server's to check. encode_session() gives the text; sign_note() of
// crypto/sign makes the note of it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/core/note.h"
#include "crypto/core/result.h"
#include "protocol/ids.h"

namespace candour {

struct SessionRequest {
  std::string origin;  // http://….onion, as configured: stops a false desk from passing a signature on
  std::array<std::uint8_t, 32> nonce{};
  std::uint64_t expires_unix_seconds = 0;
  bool operator==(const SessionRequest&) const = default;
};

std::string encode_session(const SessionRequest& request);
Result<SessionRequest> parse_session(std::string_view text);

// Who says that she signed: to look her key up with. Nothing is verified. The note has exactly one signature.
Result<CaseworkerId> claimed_caseworker(std::string_view note);
Result<SessionRequest> verify_session(std::string_view note, const NoteVerifierKey& signing_key);

}  // namespace candour
