// SPDX-License-Identifier: AGPL-3.0-or-later
// database.key, in one of two forms (docs/spec/cli.md "Secrets"): 32 raw bytes, which are the key; or one line in the form of PHC
// strings that says how Argon2id makes the key from a passphrase, which is then asked for on the terminal and is nowhere.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/core/argon2id.h"
#include "server/process/key_file.h"

namespace candour::server {

struct PassphraseKey {
  Argon2idCost cost;
  Argon2idSalt salt;
};

// "$argon2id$v=19$m=KIB,t=PASSES,p=1$SALT", a line. Pure; strict: one text for one value.
std::string encode_passphrase_key(const PassphraseKey& key);
Result<PassphraseKey> parse_passphrase_key(std::string_view text);

class DatabaseKeyFile {
 public:
  enum class Form : std::uint8_t { raw, passphrase };

  // Errors as read_key_file.
  static Result<DatabaseKeyFile> read(const std::filesystem::path& file, Readers readers);
  // Made anew, durably; a new passphrase is asked for twice. Errc::conflict where the file is there already.
  static Result<DatabaseKeyFile> create(const std::filesystem::path& file, Form form);

  Form form() const { return passphrase_ ? Form::passphrase : Form::raw; }
  // Asks for the passphrase, if it takes one and was not just made; a second call asks again.
  Result<Secret<32>> key() const;

 private:
  DatabaseKeyFile() = default;
  std::optional<PassphraseKey> passphrase_;
  std::optional<Secret<32>> key_;  // raw, or of the passphrase that was just chosen
};

}  // namespace candour::server
