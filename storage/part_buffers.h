// SPDX-License-Identifier: AGPL-3.0-or-later
// Memory for parts on their way in. A buffer of 1 MiB that is new each time costs a page fault for every 4 KiB, which was
// half of the processor time of reading a part from its connection; so a few are used again. They are wiped on their way
// back: nothing of one request is in the memory that another gets. Thread-safe.
#pragma once

#include <cstddef>
#include <mutex>
#include <vector>

#include "crypto/core/bytes.h"

namespace candour::storage {

class PartBuffers {
 public:
  static constexpr std::size_t kept_max = 4;  // resident while nothing is sent, too

  // Empty, with room for so many bytes.
  Bytes take(std::size_t bytes);
  // Kept if it has the size of a part and fewer than `kept_max` are; freed otherwise.
  void give_back(Bytes buffer);

 private:
  std::mutex mutex_;
  std::vector<Bytes> kept_;
};

}  // namespace candour::storage
