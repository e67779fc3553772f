// SPDX-License-Identifier: AGPL-3.0-or-later
// The body of a drop, sealed to one recipient and opened again (docs/spec/drops.md): drop_bytes, whatever is in it.
#pragma once

#include <span>
#include <string_view>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"
#include "crypto/core/secret.h"
#include "crypto/open/identity.h"

namespace candour::cli {

// `recipient`: age1pq1…. Errors as fill_drop() and seal::parse_recipient().
Result<Bytes> seal_drop(std::string_view text, std::string_view recipient);
// A part of a file: 1 to drop_plain_bytes bytes, filled up with zeros.
Result<Bytes> seal_drop_part(ByteView part, std::string_view recipient);

// The whole plaintext, of which text_of_drop() gives the text. Errors as open::open_bytes(); Errc::malformed for another size.
Result<SecretBytes> open_drop(ByteView body, const open::Identity& identity);

}  // namespace candour::cli
