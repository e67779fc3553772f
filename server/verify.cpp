// SPDX-License-Identifier: AGPL-3.0-or-later
// `candourd verify`: reads every page of a stopped server's database and proves it, as a backup does with its copy.
#include <fmt/format.h>

#include <cstdio>

#include "server/commands.h"
#include "server/process/hardening.h"
#include "server/process/secrets.h"
#include "server/unlock.h"
#include "storage/database_file.h"

namespace candour::server {

Findings verify(const CommandOptions& options) {
  if (const auto hardened = harden_process(); !hardened) return {{"", hardened.error()}};
  const auto config = load_config(options.config);
  if (!config) return config.error();
  if (auto found = check_secrets_folder(*config); !found.empty()) return found;
  const auto key = unlock_database(*config);
  if (!key) return key.error();
  const auto facts = storage::verify_database(config->data / "candour.db", *key);
  if (!facts) return {not_opened(*config, facts.error())};
  fmt::print(
      stderr,
      "candourd: every page of the database is whole, {} reports, {} drops with the dummies, {} events\n",
      facts->reports, facts->drops, facts->events);
  return {};
}

}  // namespace candour::server
