// SPDX-License-Identifier: AGPL-3.0-or-later
// What a key file holds (docs/spec/keys.md "Key file"): a caseworker's or root key holder's secrets, as data.
// crypto/open reads one, crypto/seal writes one. Secrets inside are wiped with it; move-only, one owner at a
// time.
#pragma once

#include <string>
#include <vector>

#include "crypto/core/age_recipient.h"
#include "crypto/core/secret.h"

namespace candour {

// One epoch of a caseworker's sealing key.
struct SealingEpoch {
  std::string from;   // first day, YYYY-MM-DD
  std::string until;  // last day
  HybridRecipient recipient;
  Secret<32> identity_seed;  // of the age identity AGE-SECRET-KEY-PQ-1…
};

struct KeyFile {
  std::string name;                  // of the signing key: candour/caseworker/ID, candour/root-key/LABEL
  Secret<32> signing_seed;           // Ed25519
  std::vector<SealingEpoch> epochs;  // newest first; none for a root key
};

}  // namespace candour
