// SPDX-License-Identifier: AGPL-3.0-or-later
// `candourd rekey`: another key for the database of a stopped server. The new key stands beside the old one
// until the database is under it and proved; cut short at any moment, the same command goes on.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>

#include "server/commands.h"
#include "server/groundwork.h"
#include "server/process/hardening.h"
#include "server/process/key_file.h"
#include "server/unlock.h"
#include "storage/database_file.h"

namespace candour::server {
namespace {

// The new key takes the place of the old one, durably.
Result<> put_in_place(const Config& config) {
  if (rename(config.new_database_key().c_str(), config.database_key().c_str()) != 0 ||
      !sync_folder(config.secrets)) {
    return fail(Errc::io,
                "the database has its new key, but this file could not take the old one's place. Check the "
                "folder and the disk, and run candourd rekey again.");
  }
  return {};
}

}  // namespace

Findings rekey(const CommandOptions& options) {
  if (const auto hardened = harden_process(); !hardened) return {{"", hardened.error()}};
  const auto config = load_config(options.config);
  if (!config) return config.error();
  if (auto found = check_secrets_folder(*config); !found.empty()) return found;
  if (config->credentials) {
    return {{config->place("[paths] secrets"),
             {Errc::refused,
              "a credential cannot be replaced from here. Rekey with a folder that can be written, and pass "
              "the new key on."}}};
  }
  const auto new_file = database_key_or_new(config->new_database_key(), options);
  if (!new_file) return {{config->new_database_key().string(), new_file.error()}};
  const auto new_key = new_file->key();
  if (!new_key) return {{config->new_database_key().string(), new_key.error()}};
  if (!storage::try_database_key(config->data / "candour.db", *new_key)) {
    const auto old_key = unlock_database(*config);
    if (!old_key) return old_key.error();
    const auto facts = storage::rekey_database(config->data, *old_key, *new_key);
    if (!facts) return {{config->place("[paths] data"), facts.error()}};
  }
  if (const auto placed = put_in_place(*config); !placed)
    return {{config->new_database_key().string(), placed.error()}};
  fmt::print(stderr,
             "candourd: the database has a new key. Keep a copy of database.key apart from every copy of the "
             "database; backups made before open with their own key, as ever.\n");
  return {};
}

}  // namespace candour::server
