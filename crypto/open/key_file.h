// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads Candour's key files (docs/spec/keys.md "Key file"): an age identity file whose comments hold the
// signing key and the epochs. Writing them is in crypto/seal/key_file.h; any other identity file is read by
// identity_file.h. Thread-safe.
#pragma once

#include <span>
#include <vector>

#include "crypto/core/key_file.h"
#include "crypto/core/result.h"
#include "crypto/open/identity.h"

namespace candour::open {

// `plain` is the unlocked file. Errc::unsupported where it is no Candour key file (a plain age identity file,
// say); Errc::malformed where it is a damaged one, or an epoch's public key does not belong to its secret
// key.
Result<KeyFile> parse_key_file(std::span<const std::uint8_t> plain);

// What opens things sealed to its owner, newest epoch first.
std::vector<Identity> identities_of(const KeyFile& key_file);

}  // namespace candour::open
