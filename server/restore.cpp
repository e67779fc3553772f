// SPDX-License-Identifier: AGPL-3.0-or-later
// `candourd restore`: the database from a backup, under this server's own key, into a data folder without
// one. What is missing of folders and database key is made, so that it is also the first step on a new machine.
#include <fmt/format.h>

#include <cstdio>

#include "server/commands.h"
#include "server/groundwork.h"
#include "server/process/hardening.h"
#include "server/process/key_file.h"
#include "storage/database_file.h"

namespace candour::server {

Findings restore(const CommandOptions& options) {
  if (const auto hardened = harden_process(); !hardened) return {{"", hardened.error()}};
  const auto config = load_config(options.config);
  if (!config) return config.error();
  const auto key_file = backup_key_file(*config, options);
  const auto backup_key = read_key_file(key_file);
  if (!backup_key) return {{key_file.string(), backup_key.error()}};
  if (auto found = make_folders(*config); !found.empty()) return found;
  const auto key_source = database_key_or_new(config->database_key(), options);
  if (!key_source) return {{config->database_key().string(), key_source.error()}};
  const auto database_key = key_source->key();
  if (!database_key) return {{config->database_key().string(), database_key.error()}};
  const auto facts = storage::restore_database(options.file, *backup_key, config->data, *database_key);
  if (!facts) {
    if (facts.error().code == Errc::io && !storage::verify_database(options.file, *backup_key))
      return {{options.file.string(),
               {Errc::io,
                "this backup cannot be read to its end: it is damaged, or the disk on which it lies is. Take "
                "another one."}}};
    const bool is_of_data = facts.error().code == Errc::refused || facts.error().code == Errc::conflict;
    return {{is_of_data ? config->place("[paths] data") : options.file.string(), facts.error()}};
  }
  fmt::print(stderr, "candourd: restored and proved, {} reports\n", facts->reports);
  if (const auto receipt_seed = read_receipt_seed(*config); !receipt_seed) {
    fmt::print(
        stderr,
        "candourd: put receipt.key back from its copy before the server starts: it signs the receipts that "
        "the roster promises\n");
  }
  return {};
}

}  // namespace candour::server
