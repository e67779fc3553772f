// SPDX-License-Identifier: AGPL-3.0-or-later
// The server's two secrets, and the folder where they lie (docs/spec/cli.md "Secrets"): refused when anybody
// else could have read them, or when every copy of the database would carry its key.
#pragma once

#include "crypto/core/secret.h"
#include "server/process/config.h"
#include "server/process/database_key.h"

namespace candour::server {

using ServerSecret = Secret<32>;

// The folder: there, its owner's alone, and apart from the data, through symbolic links too.
Findings check_secrets_folder(const Config& config);

Checked<DatabaseKeyFile> read_database_key_file(const Config& config);
Checked<ServerSecret> read_receipt_seed(const Config& config);

}  // namespace candour::server
