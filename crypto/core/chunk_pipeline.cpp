// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/chunk_pipeline.h"

#include <sodium.h>

#include <utility>

#include "crypto/core/age_stream.h"

namespace candour {
namespace {

constexpr std::size_t chunks_per_thread = 16;

}  // namespace

ChunkPipeline::ChunkPipeline(unsigned threads, Transform transform, Deliver deliver)
    : transform_(std::move(transform)),
      deliver_(std::move(deliver)),
      memory_((threads < 2 ? 2 : threads * chunks_per_thread) * age_chunk_sealed_bytes),
      slots_(memory_.size() / age_chunk_sealed_bytes) {
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    slots_[i].chunk.memory = std::span(memory_).subspan(i * age_chunk_sealed_bytes, age_chunk_sealed_bytes);
  }
  for (unsigned worker = 1; worker < threads; ++worker) {
    workers_.emplace_back([this, worker] { work(worker); });
  }
}

ChunkPipeline::~ChunkPipeline() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_waits_.notify_all();
  workers_.clear();
  sodium_memzero(memory_.data(), memory_.size());
}

std::span<std::uint8_t> ChunkPipeline::current() { return slot(tail_).chunk.memory; }

Result<std::span<std::uint8_t>> ChunkPipeline::following() {
  while (tail_ + 1 - head_ >= slots_.size()) {
    if (auto delivered = deliver_oldest(); !delivered) return fail(delivered);
  }
  return slot(tail_ + 1).chunk.memory;
}

Result<> ChunkPipeline::submit(std::size_t size_bytes, bool final_chunk) {
  Chunk& chunk = slot(tail_).chunk;
  chunk.size_bytes = size_bytes;
  chunk.counter = tail_;
  chunk.final_chunk = final_chunk;
  {
    const std::lock_guard lock(mutex_);
    slot(tail_).state = State::ready;
    ++tail_;
  }
  if (workers_.empty()) return drain();
  work_waits_.notify_one();
  while (tail_ - head_ >= slots_.size()) {
    if (auto delivered = deliver_oldest(); !delivered) return fail(delivered);
  }
  return {};
}

Result<> ChunkPipeline::drain() {
  while (head_ < tail_) {
    if (auto delivered = deliver_oldest(); !delivered) return fail(delivered);
  }
  return {};
}

// Needs the lock, and a chunk that is ready; gives the lock up while it works.
void ChunkPipeline::run_next(unsigned worker, std::unique_lock<std::mutex>& lock) {
  Slot& mine = slot(claim_++);
  mine.state = State::running;
  lock.unlock();
  const bool ok = transform_(worker, mine.chunk);
  lock.lock();
  mine.chunk.ok = ok;
  mine.state = State::done;
}

void ChunkPipeline::work(unsigned worker) {
  std::unique_lock lock(mutex_);
  for (;;) {
    work_waits_.wait(lock, [this] { return stopping_ || claim_ < tail_; });
    if (stopping_) return;
    run_next(worker, lock);
    work_done_.notify_one();
  }
}

Result<> ChunkPipeline::deliver_oldest() {
  Slot& oldest = slot(head_);
  {
    std::unique_lock lock(mutex_);
    while (oldest.state != State::done) {
      if (claim_ < tail_) {
        run_next(0, lock);
      } else {
        work_done_.wait(lock);
      }
    }
    oldest.state = State::free;
  }
  ++head_;
  return deliver_(oldest.chunk);
}

}  // namespace candour
