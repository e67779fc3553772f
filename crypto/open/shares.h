// SPDX-License-Identifier: AGPL-3.0-or-later
// Opening what takes several of its readers (docs/spec/threshold.md "Handing on a share"): one's own share, shares that were handed on,
// and the file key out of enough of them. Thread-safe.
#pragma once

#include <optional>
#include <span>

#include "crypto/core/hash.h"
#include "crypto/core/result.h"
#include "crypto/core/threshold_header.h"
#include "crypto/open/identity.h"

namespace candour::open {

// What the writer sealed to one reader.
struct OwnShare {
  KeyShare share;
  Digest audience_sha256{};  // to whom the writer sealed the others
};

// Has the header a commitment to just this share?
bool has_commitment(const ThresholdHeader& header, const KeyShare& share);

// Of the first stanza that one of these keys opens; nothing where none is for them. The share still has to have its commitment.
// Errc::malformed where a stanza holds a point of low order.
Result<std::optional<OwnShare>> unwrap_share(std::span<const Identity> identities,
                                             const ThresholdHeader& header);

// From one's own share and those that were handed on, as far as they have their commitment, and one of each giver. Errc::no_match where there are too few. The
// key has yet to make the header's MAC.
Result<FileKey> combine_shares(std::span<const Identity> identities, const ThresholdHeader& header);

}  // namespace candour::open
