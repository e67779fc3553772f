// SPDX-License-Identifier: AGPL-3.0-or-later
// Buffers of parts are used again, without what was in them, and only a few are kept.
#include "storage/part_buffers.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <set>
#include <span>
#include <vector>

#include "storage/options.h"

using candour::Bytes;
using candour::storage::part_bytes;
using candour::storage::PartBuffers;

TEST_CASE("a buffer that comes back is taken again, and is empty and wiped") {
  PartBuffers buffers;
  Bytes first = buffers.take(part_bytes);
  first.resize(part_bytes, 0x5a);
  const auto* const memory = first.data();
  buffers.give_back(std::move(first));
  const Bytes again = buffers.take(part_bytes);
  REQUIRE(again.data() == memory);
  CHECK(again.empty());
  CHECK(again.capacity() == part_bytes);
  // All of it, not only what a vector lets one read.
  CHECK(std::ranges::all_of(std::span(memory, part_bytes), [](auto byte) { return byte == 0; }));
}

TEST_CASE("no more buffers are kept than may stay resident") {
  PartBuffers buffers;
  std::vector<Bytes> all;
  std::set<const std::uint8_t*> memories;
  for (std::size_t i = 0; i < 2 * PartBuffers::kept_max; ++i) {
    all.push_back(buffers.take(part_bytes));
    memories.insert(all.back().data());
  }
  CHECK(memories.size() == all.size());  // each its own
  std::set<const std::uint8_t*> kept;
  for (std::size_t i = 0; i < PartBuffers::kept_max; ++i) kept.insert(all[i].data());
  for (auto& buffer : all) buffers.give_back(std::move(buffer));
  for (std::size_t i = 0; i < PartBuffers::kept_max; ++i) {
    all[i] = buffers.take(part_bytes);
    CHECK(kept.erase(all[i].data()) == 1);
  }
}

TEST_CASE("the last part, which is shorter, has memory of its own") {
  PartBuffers buffers;
  buffers.give_back(buffers.take(part_bytes));
  const Bytes last = buffers.take(1000);
  CHECK(last.capacity() == 1000);
  CHECK(buffers.take(part_bytes).capacity() == part_bytes);
}
