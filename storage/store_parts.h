// SPDX-License-Identifier: AGPL-3.0-or-later
// What a Store is made of. It is stopped readers first (they may still hand work to the writer), then the writer, and only then
// taken apart. Internal to storage/.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "storage/case_marks.h"
#include "storage/digests.h"
#include "storage/drops.h"
#include "storage/evaluations.h"
#include "storage/events.h"
#include "storage/hot_index.h"
#include "storage/intake.h"
#include "storage/library.h"
#include "storage/part_buffers.h"
#include "storage/private_files.h"
#include "storage/reader_pool.h"
#include "storage/store.h"
#include "storage/upload_hash.h"
#include "storage/writer.h"

namespace candour::storage {

inline constexpr Error bad_caseworker{Errc::malformed,
                                      "A caseworker id is 1 to 32 of a-z, 0-9 and the hyphen."};

struct Store::Parts {
  Parts(const Options& chosen, DirectoryLock taken)
      : options(chosen),
        lock(std::move(taken)),
        library(index),
        intake(library, options),
        marks(library),
        drops(index, options),
        events(index),
        evaluations(library, events) {}
  ~Parts() {
    if (readers) readers->stop();
    if (writer) writer->stop();
  }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  // Blanks what dropped uploads had sent, and empties the WAL of erased drops, for all who wait at once. `done` may be empty; nothing to do: at once.
  void blank_dropped(Done<> done);
  // Makes the dummies that the index wants, a few at a time, and lists.
  void pad_drops(Day today, Done<std::vector<DropTag>> done);
  void list_drops(Done<std::vector<DropTag>> done);

  Options options;
  DirectoryLock lock;
  HotIndex index;
  Library library;
  Intake intake;
  CaseMarks marks;
  Drops drops;
  Events events;
  Evaluations evaluations;
  PartBuffers part_buffers;
  std::mutex blanking_mutex;
  std::vector<Done<>> blanking_waits;
  bool blanking_queued = false;
  std::unique_ptr<ReaderPool> readers;
  std::unique_ptr<UploadHasher> hasher;
  std::unique_ptr<Digests> digests;
  std::unique_ptr<Writer> writer;
};

Result<> save_roster_in(Transaction& tx, std::uint64_t version, std::string_view note);
Result<StoredRoster> roster_in(Connection& db);

}  // namespace candour::storage
