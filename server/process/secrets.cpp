// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/process/secrets.h"

#include <sys/stat.h>
#include <unistd.h>

#include <system_error>
#include <utility>

#include "server/process/key_file.h"

namespace candour::server {
namespace {

namespace fs = std::filesystem;

bool is_inside(const fs::path& inner, const fs::path& outer) {
  const fs::path way = inner.lexically_relative(outer);
  return !way.empty() && *way.begin() != "..";
}

Readers readers_of(const Config& config) {
  return config.credentials ? Readers::owner_and_access_list : Readers::owner;
}

}  // namespace

Findings check_secrets_folder(const Config& config) {
  Findings found;
  const auto add = [&](Errc code, Literal message) {
    found.push_back({config.place("[paths] secrets"), {code, message}});
  };
  // As they really are: a link must not bring the key into the data, nor the data around the key.
  std::error_code ignored;
  const fs::path secrets = fs::weakly_canonical(config.secrets, ignored);
  const fs::path data = fs::weakly_canonical(config.data, ignored);
  if (is_inside(config.secrets, config.data) || is_inside(secrets, data)) {
    add(Errc::refused,
        "lies under [paths] data, perhaps through a link, so every copy of the database would carry its key. "
        "Move it elsewhere.");
  } else if (is_inside(data, secrets)) {
    add(Errc::refused, "contains [paths] data, so whoever copies one copies both. Keep the two apart.");
  }
  struct stat status{};
  if (stat(config.secrets.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
    add(Errc::not_found, "is not there, or not a folder. Run candourd init, or check the path.");
  } else if ((status.st_mode & (config.credentials ? S_IWGRP | S_IRWXO : S_IRWXG | S_IRWXO)) != 0) {
    add(Errc::refused,
        "is open to other users. Run chmod 700 on it; if others had access, replace the keys.");
  } else if (!is_owner_trusted(status.st_uid, config.data)) {
    add(Errc::refused, "belongs to another user. Run chown on it.");
  }
  return found;
}

Checked<DatabaseKeyFile> read_database_key_file(const Config& config) {
  auto file = DatabaseKeyFile::read(config.database_key(), readers_of(config));
  if (file) return std::move(*file);
  return std::unexpected(Findings{{config.database_key().string(), file.error()}});
}

Checked<ServerSecret> read_receipt_seed(const Config& config) {
  auto key = read_key_file(config.receipt_key(), readers_of(config));
  if (key) return std::move(*key);
  return std::unexpected(Findings{{config.receipt_key().string(), key.error()}});
}

}  // namespace candour::server
