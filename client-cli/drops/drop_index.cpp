// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/drops/drop_index.h"

#include <algorithm>
#include <bit>

#include "crypto/core/random.h"

namespace candour::cli {

Result<DropIndex> DropIndex::parse(ByteView bytes) {
  constexpr Literal message = "the index of drops is not as every Candour server's is";
  constexpr std::size_t tag_bytes = std::tuple_size_v<decltype(DropTag::bytes)>;
  const std::size_t count = bytes.size() / tag_bytes;
  if (bytes.size() % tag_bytes != 0 || count < index_tags_min || !std::has_single_bit(count))
    return fail(Errc::malformed, message);
  std::vector<DropTag> tags(count);
  for (std::size_t i = 0; i < count; ++i)
    std::ranges::copy(bytes.subspan(i * tag_bytes, tag_bytes), tags[i].bytes.begin());
  if (std::ranges::adjacent_find(tags, std::greater_equal()) != tags.end())
    return fail(Errc::malformed, message);
  return DropIndex(std::move(tags));
}

bool DropIndex::has(const DropTag& tag) const { return std::ranges::binary_search(tags_, tag); }

const DropTag& DropIndex::random_tag() const {
  return tags_[random_below(static_cast<std::uint32_t>(tags_.size()))];
}

Slot next_slot(std::vector<DropTag>& wanted, const DropIndex& index) {
  Slot slot;
  std::size_t filled = 0;
  for (; filled < slot.size() && !wanted.empty(); ++filled) {
    slot[filled] = wanted.back();
    wanted.pop_back();
  }
  while (filled < slot.size()) {
    const DropTag& tag = index.random_tag();
    if (std::find(slot.begin(), slot.begin() + static_cast<std::ptrdiff_t>(filled), tag) !=
        slot.begin() + static_cast<std::ptrdiff_t>(filled))
      continue;
    slot[filled++] = tag;
  }
  for (std::size_t left = slot.size(); left > 1; --left)
    std::swap(slot[left - 1], slot[random_below(static_cast<std::uint32_t>(left))]);
  return slot;
}

}  // namespace candour::cli
