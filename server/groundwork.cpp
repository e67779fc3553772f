// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/groundwork.h"

#include <sys/stat.h>

#include <system_error>

#include "server/process/key_file.h"

namespace candour::server {
namespace {

// Made private; one that is there already is left as it is, and refused where it is used if it is not private.
Result<> make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder.parent_path(), error);
  if (!error && !std::filesystem::exists(folder, error) && mkdir(folder.c_str(), S_IRWXU) != 0)
    return fail(Errc::io, "cannot make this folder. Check the path and the permissions above it.");
  if (error) return fail(Errc::io, "cannot look at this folder. Check the path and its permissions.");
  return {};
}

}  // namespace

Findings make_folders(const Config& config) {
  Findings found;
  note_failure(found, config.place("[paths] data"), make_folder(config.data));
  note_failure(found, config.place("[paths] secrets"), make_folder(config.secrets));
  if (found.empty()) found = check_secrets_folder(config);
  return found;
}

Result<ServerSecret> receipt_key_or_new(const std::filesystem::path& file, bool lost) {
  auto there = read_key_file(file);
  if (there || there.error().code != Errc::not_found) return there;
  if (lost)
    return fail(Errc::conflict,
                "is missing, but this server was set up before, so it has signed receipts that the roster "
                "promises. Put it "
                "back from its copy. If there is none: candourd init --new-receipt-key, and a new roster.");
  return create_key_file(file);
}

Result<DatabaseKeyFile> database_key_or_new(const std::filesystem::path& file, const CommandOptions& options,
                                            bool lost) {
  auto there = DatabaseKeyFile::read(file, Readers::owner);
  if (there || there.error().code != Errc::not_found) return there;
  if (lost) {
    return fail(
        Errc::conflict,
        "is missing, but the database that it opens is there. Put the key back from its copy, or move "
        "the database away.");
  }
  return DatabaseKeyFile::create(
      file, options.passphrase ? DatabaseKeyFile::Form::passphrase : DatabaseKeyFile::Form::raw);
}

std::filesystem::path backup_key_file(const Config& config, const CommandOptions& options) {
  return options.key.empty() ? config.secrets / "backup.key" : options.key;
}

}  // namespace candour::server
