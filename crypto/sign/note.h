// SPDX-License-Identifier: AGPL-3.0-or-later
// Writing C2SP signed notes (c2sp.org/signed-note); reading and verifying them is in crypto/core/note.h.
// Thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "crypto/core/result.h"
#include "crypto/sign/signing_key.h"

namespace candour::sign {

// `text` must end with a line feed, be UTF-8 and hold no other control character; `name` must be a valid key
// name (is_valid_note_name). Errc::malformed otherwise; Errc::too_large over note_bytes_max.
Result<std::string> sign_note(std::string_view text, std::string_view name, const SigningKey& key);

// Adds one more signature to a note that may be signed already; the signatures it bears are kept, not
// verified. Errc::conflict where this name and key have signed it before.
Result<std::string> add_note_signature(std::string_view note, std::string_view name, const SigningKey& key);

}  // namespace candour::sign
