// SPDX-License-Identifier: AGPL-3.0-or-later
// What SQLite frees is wiped first, as what C++ frees is (crypto/core/wiping_delete.cpp): pages that it copied while a day was open hold
// ids in the order of their arrival, and must not lie in freed memory after the day's close. Not locked in memory, as SQLCipher's own
// cipher_memory_security would do with every page.
#pragma once

namespace candour::storage {

// Before the first connection of the process; later calls do nothing. Thread-safe.
void wipe_what_sqlite_frees();

}  // namespace candour::storage
