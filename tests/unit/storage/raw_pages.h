// SPDX-License-Identifier: AGPL-3.0-or-later
// What somebody sees who has the disk and the key. Decrypts every page of a database file and every frame of its WAL with the raw key, free pages included, without asking
// SQLite; and what follows from it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>

#include "crypto/core/bytes.h"
#include "storage/store.h"

namespace candour::storage::test {

Bytes file_bytes(const std::filesystem::path& file);
// Database and WAL, decrypted, page after page.
Bytes raw_pages(const std::filesystem::path& database, const DatabaseKey& key);
bool holds(ByteView haystack, ByteView needle);

// Spearman's rank correlation of arrival and place in the file, of the bodies 0 to count - 1 in their order of arrival: 1 before
// the close of a day; after it, by chance, 300 of them stay below 0.3 but for one time in a million. Throws where one is not there.
double order_correlation(const Bytes& pages, std::uint64_t count,
                         const std::function<Bytes(std::uint64_t)>& body_of);

// Runs `statements` on the database of a closed store, and copies it with its WAL to `directory` before that was emptied.
void copy_as_a_crash_leaves_it(const std::filesystem::path& database, const DatabaseKey& key,
                               std::initializer_list<Literal> statements,
                               const std::filesystem::path& directory);

}  // namespace candour::storage::test
