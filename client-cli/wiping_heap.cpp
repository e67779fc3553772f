// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/wiping_heap.h"

#include <malloc.h>
#include <sodium.h>

#include <cstdlib>
#include <new>

namespace candour::cli {

void wipe_heap_block(void* block) noexcept {
  if (block != nullptr) sodium_memzero(block, malloc_usable_size(block));
}

}  // namespace candour::cli

// The other forms (arrays, nothrow, sized) end in these two, as the standard says.
void* operator new(std::size_t size) {
  void* block = std::malloc(size == 0 ? 1 : size);
  if (block == nullptr) throw std::bad_alloc();
  return block;
}

void operator delete(void* block) noexcept {
  candour::cli::wipe_heap_block(block);
  std::free(block);
}

void operator delete(void* block, std::size_t) noexcept { operator delete(block); }
