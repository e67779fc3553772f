// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/part_buffers.h"

#include <sodium.h>

#include <utility>

#include "storage/options.h"

namespace candour::storage {

Bytes PartBuffers::take(std::size_t bytes) {
  Bytes buffer;
  if (bytes == part_bytes) {
    const std::lock_guard lock(mutex_);
    if (!kept_.empty()) {
      buffer = std::move(kept_.back());
      kept_.pop_back();
    }
  }
  buffer.reserve(bytes);
  return buffer;
}

void PartBuffers::give_back(Bytes buffer) {
  if (buffer.capacity() != part_bytes) return;
  sodium_memzero(buffer.data(), buffer.size());
  buffer.clear();
  const std::lock_guard lock(mutex_);
  if (kept_.size() < kept_max) kept_.push_back(std::move(buffer));
}

}  // namespace candour::storage
