// SPDX-License-Identifier: AGPL-3.0-or-later
// Identity files as age reads them: lines of secret keys, empty lines, and comments that begin with "#". Such
// a file may itself be an age file sealed to a passphrase; unlock it first. Thread-safe.
#pragma once

#include <span>
#include <vector>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"
#include "crypto/core/secret.h"
#include "crypto/open/identity.h"

namespace candour::open {

inline constexpr std::size_t identity_file_bytes_max = 1 << 20;

// At least one identity. Errc::malformed, Errc::unsupported, Errc::too_large.
Result<std::vector<Identity>> parse_identity_file(std::span<const std::uint8_t> plain);

// Takes the passphrase off a key file or identity file, binary or armored. Takes about a second and 256 MiB,
// which go back to the system before it returns. Errc::no_match: the passphrase is wrong; Errc::too_large;
// others as Opener.
Result<SecretBytes> unlock_identity_file(ByteView file, const SecretBytes& passphrase);

}  // namespace candour::open
