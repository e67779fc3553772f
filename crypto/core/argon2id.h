// SPDX-License-Identifier: AGPL-3.0-or-later
// A key from a passphrase: Argon2id (RFC 9106), version 1.3, one lane. Thread-safe; takes the memory that its cost says.
#pragma once

#include <array>
#include <cstdint>

#include "crypto/core/result.h"
#include "crypto/core/secret.h"

namespace candour {

struct Argon2idCost {
  std::uint32_t memory_kib;
  std::uint32_t passes;
};
using Argon2idSalt = std::array<std::uint8_t, 16>;

// Errc::too_large when the memory is not there; unsupported for costs that the library refuses.
Result<Secret<32>> argon2id(const SecretBytes& passphrase, const Argon2idSalt& salt, Argon2idCost cost);

}  // namespace candour
