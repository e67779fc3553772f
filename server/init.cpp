// SPDX-License-Identifier: AGPL-3.0-or-later
// `candourd init`: the data directory, the two keys, the database. Prints what the steward needs for the
// roster.
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

}  // namespace

Result<> init(const std::filesystem::path& config_file) {
  if (const auto hardened = harden_process(); !hardened) return hardened;
  const auto config = load_config(config_file);
  if (!config) return fail(config);
  if (const auto made = make_folder(config->data); !made) return made;
  if (const auto made = make_folder(config->secrets); !made) return made;
  const auto database_key = create_key_file(config->database_key());
  if (!database_key) return fail(database_key);
  const auto receipt_seed = create_key_file(config->receipt_key());
  if (!receipt_seed) return fail(receipt_seed);
  const auto store = storage::Store::open(config->data, *database_key);
  if (!store) return fail(store);
  const ReceiptSigner receipts(sign::SigningKey::from_seed(*receipt_seed));
  fmt::print("{}\n", encode_note_verifier_key(receipts.verifier_key()));
  fmt::print(stderr,
             "candourd: ready to be set up. Give the line above to the steward, as --receipt-key of the "
             "roster; keep a "
             "copy of both key files apart from every copy of the database.\n");
  return {};
}

}  // namespace candour::server
