// SPDX-License-Identifier: AGPL-3.0-or-later
// Decrypts every page of a database file and every frame of its WAL with the raw key, free pages included, without asking
// SQLite: what somebody sees who has the disk and the key.
#pragma once

#include <filesystem>

#include "crypto/core/bytes.h"
#include "storage/store.h"

namespace candour::storage::test {

Bytes file_bytes(const std::filesystem::path& file);
// Database and WAL, decrypted, page after page.
Bytes raw_pages(const std::filesystem::path& database, const DatabaseKey& key);
bool holds(ByteView haystack, ByteView needle);

}  // namespace candour::storage::test
