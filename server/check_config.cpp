// SPDX-License-Identifier: AGPL-3.0-or-later
// `candourd run --check-config`: reads all that `run` reads, but for the database, which may be in use.
#include <chrono>
#include <optional>

#include "crypto/sign/signing_key.h"
#include "server/commands.h"
#include "server/process/hardening.h"
#include "server/process/log.h"
#include "server/process/secrets.h"
#include "server/roster_keeper.h"
#include "server/routes/receipt_signer.h"
#include "server/setup.h"

namespace candour::server {

Findings check_config(const CommandOptions& options) {
  if (const auto hardened = harden_process(); !hardened) return {{"", hardened.error()}};
  const auto setup = load_setup(options.config);
  if (!setup) return setup.error();
  Findings found;
  if (const auto key = read_database_key_file(setup->config); !key) found = key.error();
  const auto seed = read_receipt_seed(setup->config);
  if (!seed) {
    found.insert(found.end(), seed.error().begin(), seed.error().end());
    return found;
  }
  const ReceiptSigner receipts(sign::SigningKey::from_seed(*seed));
  const auto roster = read_roster(setup->config.roster, setup->pin, receipts.verifier_key(),
                                  Day::of(std::chrono::system_clock::now()), std::nullopt);
  note_failure(found, setup->config.place("[paths] roster"), roster);
  if (found.empty()) log("the configuration is in order");
  return found;
}

}  // namespace candour::server
