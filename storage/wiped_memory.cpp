// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/wiped_memory.h"

#include <sodium.h>

#include <cstring>
#include <mutex>

#include "storage/sqlcipher.h"

namespace candour::storage {
namespace {

sqlite3_mem_methods inner;

void wipe_and_free(void* memory) {
  if (memory == nullptr) return;
  sodium_memzero(memory, static_cast<std::size_t>(inner.xSize(memory)));
  inner.xFree(memory);
}

// Never in the old place's stead by the allocator itself, which would leave the old bytes behind.
void* wiped_realloc(void* memory, int bytes) {
  const int before = inner.xSize(memory);
  if (bytes <= before) return memory;
  void* const larger = inner.xMalloc(bytes);
  if (larger == nullptr) return nullptr;
  std::memcpy(larger, memory, static_cast<std::size_t>(before));
  wipe_and_free(memory);
  return larger;
}

}  // namespace

void wipe_what_sqlite_frees() {
  static std::once_flag once;
  std::call_once(once, [] {
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &inner) != SQLITE_OK) return;
    sqlite3_mem_methods wiped = inner;
    wiped.xFree = wipe_and_free;
    wiped.xRealloc = wiped_realloc;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &wiped);
  });
}

}  // namespace candour::storage
