// SPDX-License-Identifier: AGPL-3.0-or-later
// Streams one report out in chunks of at most part_bytes, so that
// memory does not grow with its size. Holds no lock and no snapshot between chunks: a report erased
// meanwhile ends with not_found. Move-only; one `next` at a time; the store must outlive it.
#pragma once

#include <cstdint>

#include "crypto/core/bytes.h"
#include "storage/report.h"

namespace candour::storage {

class ReaderPool;
class Library;

class ReportReader {
 public:
  std::uint64_t bytes() const { return bytes_; }
  Day day() const { return day_; }

  // The next chunk, empty at the end. Completes as every verb of the store does.
  void next(Done<Bytes> done);

 private:
  friend class Store;
  ReportReader(Library& library, ReaderPool& pool, ReportId id, std::uint64_t bytes, Day day,
               std::uint64_t offset)
      : library_(&library), pool_(&pool), id_(id), bytes_(bytes), day_(day), offset_(offset) {}

  Library* library_;
  ReaderPool* pool_;
  ReportId id_;
  std::uint64_t bytes_;
  Day day_;
  std::uint64_t offset_;
};

}  // namespace candour::storage
