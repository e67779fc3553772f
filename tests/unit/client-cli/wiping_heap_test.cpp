// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/wiping_heap.h"

#include <malloc.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <cstring>

namespace candour::cli {
namespace {

TEST_CASE("a heap block is wiped to its last usable byte before it goes back") {
  auto* block = static_cast<unsigned char*>(std::malloc(100));
  REQUIRE(block != nullptr);
  const std::size_t bytes = malloc_usable_size(block);
  std::memset(block, 0x5a, bytes);
  wipe_heap_block(block);
  CHECK(std::all_of(block, block + bytes, [](unsigned char c) { return c == 0; }));
  std::free(block);
  wipe_heap_block(nullptr);
}

}  // namespace
}  // namespace candour::cli
