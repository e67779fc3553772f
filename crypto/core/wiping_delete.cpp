// SPDX-License-Identifier: AGPL-3.0-or-later
// `operator delete` of candourd and candour: wipes before it frees. What passes through strings and JSON trees that know nothing
// of secrets (what somebody typed by mistake and was refused, what she wrote, the mailbox root beside it) must not lie in freed
// memory until something else happens to need the place (tests/adversary reads the server's). Keys live in Secret all the same.
// A source of those programs, not of a library. All other forms of the operator end up in this one (C++ [new.delete.single]);
// the libraries' own allocations do not. Cost: one pass over what is freed.
#include <malloc.h>
#include <sodium.h>

#include <cstdlib>
#include <new>

void* operator new(std::size_t bytes) {
  if (void* found = std::malloc(bytes == 0 ? 1 : bytes)) return found;
  throw std::bad_alloc();
}

void operator delete(void* memory) noexcept {
  if (memory == nullptr) return;
  sodium_memzero(memory, malloc_usable_size(memory));
  std::free(memory);
}

// g++ warns where only the other one is replaced.
void operator delete(void* memory, std::size_t /*bytes*/) noexcept { operator delete(memory); }
