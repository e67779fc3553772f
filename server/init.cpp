// SPDX-License-Identifier: AGPL-3.0-or-later
// `candourd init`: the data directory, the two keys, the database. Makes what is missing, overwrites nothing,
// and prints what the steward needs for the roster: again, if it is run again.
#include <fmt/format.h>

#include <cstdio>
#include <system_error>

#include "crypto/core/note.h"
#include "crypto/sign/signing_key.h"
#include "server/commands.h"
#include "server/control/client.h"
#include "server/groundwork.h"
#include "server/process/hardening.h"
#include "server/routes/receipt_signer.h"
#include "server/unlock.h"
#include "storage/store.h"

namespace candour::server {
namespace {

// The server itself has the store open then, and has proved that all of it is there.
bool is_served(const Config& config) { return ask_server(config.data, "GET", "/metrics", {}).has_value(); }

bool is_there(const std::filesystem::path& file) {
  std::error_code error;
  return std::filesystem::exists(file, error);
}

Findings make_store(const Config& config, const CommandOptions& options, bool has_database) {
  const auto key_file = database_key_or_new(config.database_key(), options, has_database);
  if (!key_file) return {{config.database_key().string(), key_file.error()}};
  const auto database_key = unlock_database(config, *key_file);
  if (!database_key) return database_key.error();
  const auto store = storage::Store::open(config.data, *database_key);
  if (!store) return {{config.place("[paths] data"), store.error()}};
  return {};
}

}  // namespace

Findings init(const CommandOptions& options) {
  if (const auto hardened = harden_process(); !hardened) return {{"", hardened.error()}};
  const auto config = load_config(options.config);
  if (!config) return config.error();
  if (auto found = make_folders(*config); !found.empty()) return found;
  const bool has_database = is_there(config->data / "candour.db");
  // A database key alone says it too: the data may be on a disk that is not mounted.
  const bool was_set_up = has_database || is_there(config->database_key());
  const auto receipt_seed = receipt_key_or_new(config->receipt_key(), was_set_up && !options.new_receipt_key);
  if (!receipt_seed) return {{config->receipt_key().string(), receipt_seed.error()}};
  if (!is_served(*config))
    if (auto found = make_store(*config, options, has_database); !found.empty()) return found;
  const ReceiptSigner receipts(sign::SigningKey::from_seed(*receipt_seed));
  fmt::print("{}\n", encode_note_verifier_key(receipts.verifier_key()));
  fmt::print(
      stderr,
      "candourd: set up. Give the line above to the steward, as --receipt-key of the roster; keep a copy "
      "of both key files apart from every copy of the database.\n");
  return {};
}

}  // namespace candour::server
