// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/drop_index.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <memory>
#include <utility>
#include <vector>

#include "server/process/log.h"

namespace candour::server {
namespace {

// The clock may be set meanwhile.
constexpr std::chrono::seconds kLookEvery{60};

}  // namespace

void DropIndex::look() {
  const auto now = std::chrono::floor<std::chrono::seconds>(context_.now().time_since_epoch());
  const std::chrono::seconds part = std::chrono::minutes(minutes_);
  const auto slot = now / part;
  if (made_for_ != slot && !making_) make(slot);
  server_.after(std::min(kLookEvery, part - now % part), [this] { look(); });
}

void DropIndex::make(std::int64_t slot) {
  making_ = true;
  // The store answers on a thread of its own, perhaps after the loop has ended: only the server is still there then.
  context_.store.pad_drops(
      context_.day_at_least(), [this, slot, &server = server_](Result<std::vector<DropTag>> tags) mutable {
        server.post([this, slot, tags = std::move(tags)] {
          making_ = false;
          if (!tags)
            return log("the index of drops could not be made, and is tried again in a minute", tags.error());
          // Clients refuse one that shows how many there are; the one before is good for another hour.
          if (!std::has_single_bit(tags->size()))
            return log("the index of drops could not be filled up, and is tried again in a minute");
          auto index = std::make_shared<Bytes>();
          index->reserve(tags->size() * sizeof(DropTag));
          for (const DropTag& tag : *tags) append(*index, tag.bytes);
          context_.drop_index = std::move(index);
          made_for_ = slot;
        });
      });
}

}  // namespace candour::server
