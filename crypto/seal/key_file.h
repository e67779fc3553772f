// SPDX-License-Identifier: AGPL-3.0-or-later
// Writes key files (docs/spec/keys.md "Key file"). Where they go, with mode 0600 and without overwriting, is
// the caller's to do. Reading them is in crypto/open/key_file.h. Thread-safe.
#pragma once

#include "crypto/core/bytes.h"
#include "crypto/core/key_file.h"
#include "crypto/core/result.h"
#include "crypto/core/secret.h"
#include "crypto/seal/sealer.h"

namespace candour::seal {

// The plaintext: an age identity file with comments. Errc::malformed where a name or day cannot stand on its
// line.
Result<SecretBytes> encode_key_file(const KeyFile& key_file);

// The bytes for the disk: the plaintext sealed to a passphrase, as stock age does it. Takes a second and 256
// MiB with the default work factor. Errors as encode_key_file() and wrap_for_passphrase().
Result<Bytes> seal_key_file(const KeyFile& key_file, const SecretBytes& passphrase,
                            unsigned work_factor_log2 = work_factor_log2_default);

}  // namespace candour::seal
