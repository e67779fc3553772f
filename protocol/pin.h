// SPDX-License-Identifier: AGPL-3.0-or-later
// The pin file: which root keys a client trusts before it has spoken to anybody, and how many of them must have
// signed a roster (docs/spec/keys.md "Pin file"). An object that exists is consistent. Public data, but whoever
// can change the file decides whom its owner trusts.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/core/note.h"
#include "crypto/core/result.h"

namespace candour {

class Pin {
 public:
  // 1 <= quorum <= keys <= 16; every key is named candour/root-key/LABEL, and none comes twice.
  static Result<Pin> of(unsigned quorum, std::vector<NoteVerifierKey> root_keys);
  // The file, exactly as encode() writes it.
  static Result<Pin> parse(std::string_view file);
  std::string encode() const;

  unsigned quorum() const { return quorum_; }
  const std::vector<NoteVerifierKey>& root_keys() const { return root_keys_; }
  bool operator==(const Pin&) const = default;

 private:
  Pin(unsigned quorum, std::vector<NoteVerifierKey> keys) : quorum_(quorum), root_keys_(std::move(keys)) {}
  unsigned quorum_;
  std::vector<NoteVerifierKey> root_keys_;
};

// candour/KIND/LABEL with a well-formed label; KIND is "root-key" or "receipt".
bool is_key_name(std::string_view name, std::string_view kind);

}  // namespace candour
