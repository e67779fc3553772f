// SPDX-License-Identifier: AGPL-3.0-or-later
// Carries the chunks of an age payload through a cipher, in place, on one thread or several: the caller fills
// a chunk, submits it, and gets all of them back in order. STREAM chunks are independent, so they may be
// worked on in parallel. Memory is constant: 2 chunks on one thread, 16 for each of several, wiped when the
// pipeline goes.
//
// Used by one thread at a time (the caller's), which also works while it waits; `transform` runs on any of
// them, `deliver` on the caller's only. After an error nothing but the destructor may be called.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"

namespace candour {

struct Chunk {
  std::span<std::uint8_t> memory;  // age_chunk_sealed_bytes of it
  std::size_t size_bytes = 0;      // how much of it is filled; `transform` changes it
  std::uint64_t counter = 0;
  bool final_chunk = false;
  bool ok = false;  // what `transform` returned
};

class ChunkPipeline {
 public:
  // `worker` is below the number of threads; no two calls with the same one run at once.
  using Transform = std::function<bool(unsigned worker, Chunk&)>;
  using Deliver = std::function<Result<>(Chunk&)>;

  // `threads` is 1 to 16, the caller's included.
  ChunkPipeline(unsigned threads, Transform transform, Deliver deliver);
  ~ChunkPipeline();
  ChunkPipeline(const ChunkPipeline&) = delete;
  ChunkPipeline& operator=(const ChunkPipeline&) = delete;

  // The chunk to be submitted next, and the one after it: a chunk can only be submitted once it is known
  // whether it is the final one, and that is seen by the first byte of the next. The latter may have to
  // deliver others first.
  std::span<std::uint8_t> current();
  Result<std::span<std::uint8_t>> following();
  // How many chunks have been submitted.
  std::uint64_t submitted() const { return tail_; }

  Result<> submit(std::size_t size_bytes, bool final_chunk);
  // Delivers all that was submitted.
  Result<> drain();

 private:
  enum class State : std::uint8_t { free, ready, running, done };
  struct Slot {
    State state = State::free;
    Chunk chunk;
  };

  Slot& slot(std::uint64_t index) { return slots_[index % slots_.size()]; }
  void work(unsigned worker);
  void run_next(unsigned worker, std::unique_lock<std::mutex>& lock);
  Result<> deliver_oldest();

  const Transform transform_;
  const Deliver deliver_;
  Bytes memory_;
  std::vector<Slot> slots_;
  std::uint64_t head_ = 0;  // next to deliver; the caller's thread only

  std::mutex mutex_;  // over the states, claim_, and changes of tail_
  std::condition_variable work_waits_;
  std::condition_variable work_done_;
  std::uint64_t claim_ = 0;  // next to work on
  std::uint64_t tail_ = 0;   // next to submit; written by the caller's thread only
  bool stopping_ = false;
  std::vector<std::jthread> workers_;  // last: joined first
};

}  // namespace candour
