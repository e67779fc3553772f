// SPDX-License-Identifier: AGPL-3.0-or-later
// The plaintext of a drop (docs/spec/drops.md): a text without zero bytes, then zeros up to the one size that all have. Thread-safe.
#pragma once

#include <string_view>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"
#include "crypto/core/secret.h"

namespace candour {

// drop_plain_bytes. Errc::too_large; Errc::malformed for a text with a zero byte.
Result<SecretBytes> fill_drop(std::string_view text);

// A view into `plain`. Errc::malformed for another size, or where something follows a zero.
Result<std::string_view> text_of_drop(ByteView plain);

}  // namespace candour
