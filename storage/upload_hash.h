// SPDX-License-Identifier: AGPL-3.0-or-later
// The SHA-256 of an upload, computed while its parts arrive: each committed part is offered on its way out of memory,
// so that finishing a large upload in order reads nothing back. What was not offered in time (out of order beyond
// the budget, a restart) is read from the database when the upload is finished. Internal to storage/.
//
// Threads: `offer` and `finish` from any; the hashing runs in the reader pool, one job an upload at a time.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "crypto/core/hash.h"
#include "storage/library.h"
#include "storage/part_buffers.h"
#include "storage/reader_pool.h"

namespace candour::storage {

class UploadHash {
 public:
  UploadHash() = default;
  ~UploadHash();  // gives back the budget of what was never hashed: the upload expired or was given up
  UploadHash(const UploadHash&) = delete;
  UploadHash& operator=(const UploadHash&) = delete;

 private:
  friend class UploadHasher;
  void forget_offered();
  std::mutex mutex_;
  Sha256 hash_;
  std::uint32_t next_ = 0;  // the first part not hashed yet
  std::map<std::uint32_t, Bytes> offered_;
  std::shared_ptr<std::atomic<std::size_t>> offered_bytes_;  // of all uploads; set by the first offer
  std::vector<Done<Digest>> waiting_;
  std::optional<Digest> digest_;
  bool running_ = false;
};

class UploadHasher {
 public:
  // Parts go to `used` when they are hashed.
  UploadHasher(const Library& library, ReaderPool& pool, PartBuffers& used)
      : library_(&library), pool_(&pool), used_(&used) {}

  // A part that is durable. May be dropped: it is a help, not a duty.
  void offer(const ReportId& id, std::uint32_t index, Bytes part);
  // Completes with the hash of all the parts; refused when some are missing, not_found when no such upload is open.
  void finish(const ReportId& id, Done<Digest> done);

 private:
  struct Job {
    ReportId id;
    std::uint32_t parts;
    std::shared_ptr<UploadHash> hash;
  };
  std::optional<Job> job_for(const ReportId& id) const;
  void start(Job job);
  void advance(const Job& job, Connection& db);
  void end(UploadHash& hash, const Result<Digest>& outcome);

  // All uploads together: what waits here is memory that the writer's queue no longer counts.
  static constexpr std::size_t offered_bytes_max = std::size_t{8} << 20;
  static constexpr int pieces_at_once = 8;  // then others get their turn

  const Library* library_;
  ReaderPool* pool_;
  PartBuffers* used_;
  std::shared_ptr<std::atomic<std::size_t>> offered_bytes_ = std::make_shared<std::atomic<std::size_t>>(0);
};

}  // namespace candour::storage
