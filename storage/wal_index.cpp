// SPDX-License-Identifier: AGPL-3.0-or-later
// The format: https://www.sqlite.org/walformat.html "The WAL-Index File Format", which all versions share as they may have one
// database open at once. Numbers in the order of the machine: at 0 the version, at 96 the count of frames that were copied.
#include "storage/wal_index.h"

#include <atomic>
#include <cstdint>

#include "storage/sqlcipher.h"

namespace candour::storage {
namespace {

constexpr std::uint32_t version = 3007000;
constexpr int region_bytes = 32768;
constexpr std::size_t copied_at = 96 / sizeof(std::uint32_t);

}  // namespace

Result<> forget_what_was_copied(sqlite3* db) {
  constexpr auto failed = [] {
    return fail(Errc::io,
                "The index of the WAL cannot be read. Restart candourd; nothing acknowledged is lost.");
  };
  sqlite3_file* file = nullptr;
  sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, static_cast<void*>(&file));
  if (file == nullptr || file->pMethods == nullptr || file->pMethods->iVersion < 2) return failed();
  void volatile* mapped = nullptr;  // already, by the checkpoint that failed
  if (file->pMethods->xShmMap(file, 0, region_bytes, 0, &mapped) != SQLITE_OK || mapped == nullptr)
    return failed();
  auto* words = static_cast<std::uint32_t*>(const_cast<void*>(mapped));
  if (words[0] != version) return failed();
  std::atomic_ref(words[copied_at]).store(0);
  return {};
}

}  // namespace candour::storage
