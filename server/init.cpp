// SPDX-License-Identifier: AGPL-3.0-or-later
// `candourd init`: the data directory, the two keys, the database. Makes what is missing, overwrites nothing,
// and prints what the steward needs for the roster: again, if it is run again.
#include <fmt/format.h>
#include <sys/stat.h>

#include <cstdio>
#include <system_error>

#include "crypto/core/note.h"
#include "crypto/sign/signing_key.h"
#include "server/commands.h"
#include "server/process/config.h"
#include "server/process/hardening.h"
#include "server/process/key_file.h"
#include "server/process/secrets.h"
#include "server/routes/receipt_signer.h"
#include "storage/store.h"

namespace candour::server {
namespace {

// Made private; one that is there already is left as it is, and the store refuses it if it is not private.
Result<> make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder.parent_path(), error);
  if (!error && !std::filesystem::exists(folder, error) && mkdir(folder.c_str(), S_IRWXU) != 0) {
    return fail(Errc::io,
                "cannot make the data or the secrets folder. Check [paths] and the permissions above them.");
  }
  if (error)
    return fail(Errc::io,
                "cannot look at the data or the secrets folder. Check [paths] and its permissions.");
  return {};
}

// The key that is there, or a new one. `lost`: it was there once, and what it opened still is.
Result<ServerSecret> read_or_create(const std::filesystem::path& file, bool lost) {
  auto there = read_key_file(file);
  if (there || there.error().code != Errc::not_found) return there;
  if (lost) {
    return fail(
        Errc::conflict,
        "is missing, but the database that it opens is there. Put the key back from its copy, or move "
        "the database away.");
  }
  return create_key_file(file);
}

}  // namespace

Findings init(const std::filesystem::path& config_file) {
  if (const auto hardened = harden_process(); !hardened) return {{"", hardened.error()}};
  const auto config = load_config(config_file);
  if (!config) return config.error();
  if (const auto made = make_folder(config->data); !made)
    return {{config->place("[paths] data"), made.error()}};
  if (const auto made = make_folder(config->secrets); !made)
    return {{config->place("[paths] secrets"), made.error()}};
  if (auto found = check_secrets_folder(*config); !found.empty()) return found;
  std::error_code error;
  const bool has_database = std::filesystem::exists(config->data / "candour.db", error);
  const auto database_key = read_or_create(config->database_key(), has_database);
  if (!database_key) return {{config->database_key().string(), database_key.error()}};
  const auto receipt_seed = read_or_create(config->receipt_key(), false);
  if (!receipt_seed) return {{config->receipt_key().string(), receipt_seed.error()}};
  const auto store = storage::Store::open(config->data, *database_key);
  if (!store) return {{config->place("[paths] data"), store.error()}};
  const ReceiptSigner receipts(sign::SigningKey::from_seed(*receipt_seed));
  fmt::print("{}\n", encode_note_verifier_key(receipts.verifier_key()));
  fmt::print(
      stderr,
      "candourd: set up. Give the line above to the steward, as --receipt-key of the roster; keep a copy "
      "of both key files apart from every copy of the database.\n");
  return {};
}

}  // namespace candour::server
