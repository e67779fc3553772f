// SPDX-License-Identifier: AGPL-3.0-or-later
// The count of frames that SQLite takes for copied and safe. A checkpoint that a reader stops half way raises it without syncing the
// database; when a later sync of that fails, what the earlier one copied is lost too, but the next checkpoint would go on
// behind it, and the WAL start over. So after a failure all of it is copied anew. docs/spec/storage.md "Durable".
// Internal to storage/.
#pragma once

#include "crypto/core/result.h"

struct sqlite3;

namespace candour::storage {

// On the connection that makes all checkpoints, outside a transaction. Readers go on: what they would read in the
// database is still there or is written there once more alike, and those who begin now read it in the WAL.
// io: not this time; until it succeeds no checkpoint may be made.
Result<> forget_what_was_copied(sqlite3* db);

}  // namespace candour::storage
