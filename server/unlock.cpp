// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/unlock.h"

#include <filesystem>

#include "server/process/log.h"
#include "storage/database_file.h"

namespace candour::server {
namespace {

constexpr int kTries = 3;

}  // namespace

Finding not_opened(const Config& config, const Error& error) {
  if (error.code == Errc::not_authentic && std::filesystem::exists(config.new_database_key())) {
    return {config.new_database_key().string(),
            {Errc::conflict, "a change of the database's key was cut short. Run candourd rekey again."}};
  }
  return {config.place("[paths] data"), error};
}

Checked<ServerSecret> unlock_database(const Config& config) {
  const auto key_file = read_database_key_file(config);
  if (!key_file) return std::unexpected(key_file.error());
  return unlock_database(config, *key_file);
}

Checked<ServerSecret> unlock_database(const Config& config, const DatabaseKeyFile& key_file) {
  const auto file = config.data / "candour.db";
  for (int tries_left = kTries;; --tries_left) {
    auto key = key_file.key();
    if (!key) return std::unexpected(Findings{{config.database_key().string(), key.error()}});
    if (key_file.form() == DatabaseKeyFile::Form::raw || !std::filesystem::exists(file))
      return std::move(*key);
    const auto opened = storage::try_database_key(file, *key);
    if (opened) return std::move(*key);
    if (opened.error().code != Errc::not_authentic || tries_left == 1)
      return std::unexpected(Findings{not_opened(config, opened.error())});
    log("the database does not open with this passphrase. Try again");
  }
}

}  // namespace candour::server
