// SPDX-License-Identifier: AGPL-3.0-or-later
// Key files on this machine: read and unlocked, or made new (docs/spec/keys.md). The only place of the tool that
// turns a passphrase into keys.
#pragma once

#include <string>
#include <vector>

#include "client-cli/options.h"
#include "client-cli/outcome.h"
#include "crypto/core/key_file.h"
#include "crypto/core/note.h"
#include "crypto/open/identity.h"
#include "crypto/sign/signing_key.h"

namespace candour::cli {

// A Candour key file, which can sign: of a root key holder, or of a caseworker. One of the other sort is refused in words.
enum class KeyOwner : std::uint8_t { root, caseworker };
Outcome<KeyFile> unlock_key_file(const KeyOptions& options, KeyOwner owner);

// The same of what is in such a file, and a passphrase that was asked for elsewhere. `name`: of the file, for messages.
Outcome<KeyFile> unlock_caseworker_key(ByteView file, const std::string& name, const SecretBytes& passphrase);

// Any identity file, Candour's or age's own, protected or plain: it can open.
Outcome<std::vector<open::Identity>> unlock_identities(const std::string& path,
                                                       const std::string& passphrase_file);

// A caseworker's key file that is to be changed, and its passphrase, which stays. Errc::refused where the file is a link, or has none.
struct ChangeableKeyFile {
  KeyFile keys;
  SecretBytes passphrase;
};
Outcome<ChangeableKeyFile> unlock_to_change(const KeyOptions& options);
// In its place, in one step: whatever happens, the file holds all of the old keys or all of the new ones. Durable before it returns.
Outcome<> replace_key_file(const ChangeableKeyFile& changed, const std::string& path);

// Seals it to a new passphrase and writes it, 0600, never over another file.
Outcome<> write_key_file(const KeyFile& key_file, const std::string& path,
                         const std::string& passphrase_file);

inline sign::SigningKey signing_key_of(const KeyFile& key_file) {
  return sign::SigningKey::from_seed(key_file.signing_seed);
}
NoteVerifierKey verifier_key_of(const KeyFile& key_file);

// root.key → root.pub: the neighbours of a key file.
std::string beside(const std::string& key_path, const std::string& extension);

}  // namespace candour::cli
