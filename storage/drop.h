// SPDX-License-Identifier: AGPL-3.0-or-later
// The values of the store's verbs about drops. Tags and verifiers are public or worthless alone; bodies are sealed.
#pragma once

#include <cstdint>

#include "crypto/core/bytes.h"
#include "crypto/core/hash.h"
#include "protocol/drop.h"

namespace candour::storage {

struct NewDrop {
  DropTag tag;
  Digest verifier;  // deletion_verifier()
  Bytes sealed;     // drop_bytes of them
};

enum class DropPut : std::uint8_t { stored, prolonged, replaced };
// Only while it is put: which of the two it was is not kept.
enum class DropSource : std::uint8_t { anonymous, caseworker };

}  // namespace candour::storage
