// SPDX-License-Identifier: AGPL-3.0-or-later
// The index of all drops (docs/spec/drops.md "The index and the check-in"), and the tags that one slot of a check-in fetches. It comes from a
// server that may be hostile: an index that is too small to hide anything in is refused. What is done with it does not show on the wire.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"
#include "protocol/drop.h"

namespace candour::cli {

inline constexpr std::size_t index_tags_min = 1024;
inline constexpr std::size_t index_bytes_max = 1 << 20;
inline constexpr std::size_t slot_bodies = 4;

class DropIndex {
 public:
  // Errc::malformed unless it is a power of two of tags, index_tags_min or more, ascending, none twice.
  static Result<DropIndex> parse(ByteView bytes);

  std::size_t size() const { return tags_.size(); }
  bool has(const DropTag& tag) const;
  const DropTag& random_tag() const;

 private:
  explicit DropIndex(std::vector<DropTag> tags) : tags_(std::move(tags)) {}
  std::vector<DropTag> tags_;
};

using Slot = std::array<DropTag, slot_bodies>;

// Takes up to four off the end of `wanted`; the other places are tags of the whole index. All different, in random order: so that every
// slot looks like every other.
Slot next_slot(std::vector<DropTag>& wanted, const DropIndex& index);

}  // namespace candour::cli
