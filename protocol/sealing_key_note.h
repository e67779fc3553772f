// SPDX-License-Identifier: AGPL-3.0-or-later
// A caseworker certifies the age recipient of one epoch with her signing key (docs/spec/keys.md "Sealing keys
// and cards"). encode_sealing_key() gives the text; sign_note() of crypto/sign makes the note of it.
#pragma once

#include <string>
#include <string_view>

#include "crypto/core/note.h"
#include "crypto/core/result.h"
#include "protocol/day.h"
#include "protocol/ids.h"

namespace candour {

struct SealingKey {
  CaseworkerId caseworker;
  std::string recipient;  // age1pq1…
  Day from;
  Day until;  // the last day
  bool is_valid_on(Day today) const { return from <= today && today <= until; }
  bool operator==(const SealingKey&) const = default;
};

// Is this an age recipient of type mlkem768x25519?
bool is_post_quantum_recipient(std::string_view text);

std::string encode_sealing_key(const SealingKey& key);

// The note must be signed by `signing_key`, and name the caseworker that this key belongs to.
Result<SealingKey> verify_sealing_key(std::string_view note, const NoteVerifierKey& signing_key);

}  // namespace candour
