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

Checked<ServerSecret> read_secret(const fs::path& file) {
  auto key = read_key_file(file);
  if (key) return std::move(*key);
  return std::unexpected(Findings{{file.string(), key.error()}});
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
  } else if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    add(Errc::refused,
        "is open to other users. Run chmod 700 on it; if others had access, replace the keys.");
  } else if (status.st_uid != geteuid() && status.st_uid != 0) {
    add(Errc::refused, "belongs to another user. Run chown on it.");
  }
  return found;
}

Checked<ServerSecret> read_database_key(const Config& config) { return read_secret(config.database_key()); }
Checked<ServerSecret> read_receipt_seed(const Config& config) { return read_secret(config.receipt_key()); }

}  // namespace candour::server
