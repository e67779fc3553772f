// SPDX-License-Identifier: AGPL-3.0-or-later
// The commands of candourd (docs/spec/cli.md "Server"). Each waits until it is done, and gives what kept it
// from that: nothing when all went well.
#pragma once

#include <filesystem>

#include "server/process/finding.h"

namespace candour::server {

struct CommandOptions {
  std::filesystem::path config;
  std::filesystem::path file;    // --to, --from
  std::filesystem::path key;     // --key; "": backup.key in the secrets folder
  bool passphrase = false;       // --passphrase: a database key that is made now comes from one
  bool new_receipt_key = false;  // --new-receipt-key: init makes one although there is a database
};

Findings init(const CommandOptions& options);
Findings run(const CommandOptions& options);
// `run --check-config`.
Findings check_config(const CommandOptions& options);
Findings backup(const CommandOptions& options);
Findings restore(const CommandOptions& options);
Findings rekey(const CommandOptions& options);
Findings verify(const CommandOptions& options);

}  // namespace candour::server
