// SPDX-License-Identifier: AGPL-3.0-or-later
// C2SP signed notes (c2sp.org/signed-note): a text, an empty line, and signature lines
//     — <key name> base64(4-byte key id || signature)
// with Ed25519 keys (type 0x01). What comes from outside is an UntrustedNote until verify_note() makes a
// VerifiedNote of it; only the text of that one may be believed. Signing is in crypto/sign. Thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/core/bytes.h"
#include "crypto/core/ed25519.h"
#include "crypto/core/result.h"

namespace candour {

inline constexpr std::size_t note_bytes_max = 1 << 20;
inline constexpr std::size_t note_signatures_max = 64;
inline constexpr std::size_t note_name_bytes_max = 255;

// Whom to believe: the verifier-key form is name+hash+base64(0x01 || key).
struct NoteVerifierKey {
  std::string name;
  std::uint32_t id = 0;
  VerifyKey key;
  bool operator==(const NoteVerifierKey&) const = default;
};

// SHA-256(name || LF || 0x01 || key), first four bytes, big-endian.
std::uint32_t note_key_id(std::string_view name, const VerifyKey& key);
// Not empty, UTF-8, no white space of Unicode, no control character, no plus sign, at most
// note_name_bytes_max.
bool is_valid_note_name(std::string_view name);
// `name` must be a valid one.
NoteVerifierKey make_note_verifier_key(std::string_view name, const VerifyKey& key);
std::string encode_note_verifier_key(const NoteVerifierKey& key);
// Errc::malformed; Errc::unsupported for other kinds of key than Ed25519.
Result<NoteVerifierKey> parse_note_verifier_key(std::string_view text);

struct NoteSignature {
  std::string name;
  std::uint32_t id = 0;
  Bytes signature;  // without the key id
};

// Well-formed, and nothing more: anybody may have written it.
struct UntrustedNote {
  std::string text;  // with its final line feed
  std::vector<NoteSignature> signatures;
};

// Errc::malformed, Errc::too_large.
Result<UntrustedNote> parse_note(std::string_view note);

// Signed by enough of the keys that the caller trusts.
class VerifiedNote {
 public:
  const std::string& text() const { return text_; }
  // Those of the trusted keys whose signature it bears, in the order of the trusted keys, no key twice.
  const std::vector<NoteVerifierKey>& signers() const { return signers_; }

 private:
  friend Result<VerifiedNote> verify_note(std::string_view, std::span<const NoteVerifierKey>, unsigned);
  std::string text_;
  std::vector<NoteVerifierKey> signers_;
};

// At least `quorum` (1 or more) *different* trusted keys must have signed; one key under two names counts
// once. Signatures of unknown keys are ignored. Errc::not_authentic where a trusted key's signature does not
// verify; Errc::no_match where no trusted key has signed, or too few have; Errc::malformed, Errc::too_large
// as parse_note().
Result<VerifiedNote> verify_note(std::string_view note, std::span<const NoteVerifierKey> trusted,
                                 unsigned quorum = 1);

}  // namespace candour
