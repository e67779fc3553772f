// SPDX-License-Identifier: AGPL-3.0-or-later
// The key of the database that is there, from its file or from the passphrase that the person at the terminal types: asked for
// again when the database does not open with it, three times in all. Waits; starts no thread.
#pragma once

#include "server/process/config.h"
#include "server/process/database_key.h"
#include "server/process/secrets.h"

namespace candour::server {

Checked<ServerSecret> unlock_database(const Config& config);
Checked<ServerSecret> unlock_database(const Config& config, const DatabaseKeyFile& key_file);
// Of a database that did not open, in words for the operator.
Finding not_opened(const Config& config, const Error& error);

}  // namespace candour::server
