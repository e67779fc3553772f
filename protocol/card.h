// SPDX-License-Identifier: AGPL-3.0-or-later
// A caseworker's card: what she hands to the steward (docs/spec/keys.md "Sealing keys and cards"). Parsing checks
// that her sealing key is certified by her signing key; that the card is hers, the steward checks by
// reading the key's fingerprint out with her.
#pragma once

#include <string>
#include <string_view>

#include "crypto/core/note.h"
#include "crypto/core/result.h"
#include "protocol/ids.h"
#include "protocol/sealing_key_note.h"

namespace candour {

struct Card {
  CaseworkerId id;
  std::string name;  // shown to reporters, and so to abusers
  NoteVerifierKey signing_key;
  std::string sealing_key_note;
};

struct CheckedCard {
  Card card;
  SealingKey sealing_key;  // of the note, verified under the card's own signing key
};

std::string encode_card(const Card& card);
Result<CheckedCard> parse_card(std::string_view json);

}  // namespace candour
