// SPDX-License-Identifier: AGPL-3.0-or-later
// What this holder says to batches (docs/spec/http.md "Holders' listener"). Pure but for the proof's random scalar.
#pragma once

#include <vector>

#include "crypto/core/bytes.h"
#include "crypto/core/hash.h"
#include "crypto/oprf/voprf.h"

namespace candour::keyholder {

struct HolderAnswer {
  Digest batch{};  // SHA-256 of the batch
  Bytes evaluation;
};
// Of 256 bytes: its evaluation; 320 zero bytes where it is none, so that it waits no longer.
HolderAnswer answer_batch(const oprf::Key& key, ByteView batch);

// A server's answer, cut into batches. Errc::malformed unless it is whole ones, at most 16.
Result<std::vector<ByteView>> split_batches(ByteView body);

}  // namespace candour::keyholder
