// SPDX-License-Identifier: AGPL-3.0-or-later
// Is the WAL that a crash left behind whole? SQLite reads it up to the first frame that does not verify, and drops the rest
// without a word: right for the last write, which was cut short and acknowledged to nobody; a silent loss when
// a frame was damaged later. Every commit is synced before the next transaction begins, so what follows a commit proves
// that it was synced. Reads the frames' headers and checksums, needs no key, changes nothing. docs/spec/storage.md "Damage".
#pragma once

#include <filesystem>

#include "crypto/core/result.h"

namespace candour::storage {

// io: damaged where something acknowledged was, or unreadable. A WAL that is absent, empty or cut short in its last
// transaction is fine. Before any connection opens the database, which would recover it; takes as long as reading it.
Result<> check_wal(const std::filesystem::path& database);

}  // namespace candour::storage
