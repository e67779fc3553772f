// SPDX-License-Identifier: AGPL-3.0-or-later
// The one thread that writes. It takes everything that is waiting into one transaction (up to a bound), commits it durably,
// brings the index up to date, and only then completes each request: many requests share one fsync. It checkpoints
// the WAL itself, after acknowledging, so that the WAL stays bounded. Internal to storage/.
//
// Threads: `submit` from any, never waits. Completions run on the writer's thread, outside every lock.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <vector>

#include "storage/hot_index.h"
#include "storage/options.h"
#include "storage/work.h"

namespace candour::storage {

class Writer {
 public:
  Writer(Connection db, HotIndex& index, const Options& options, std::filesystem::path directory);
  ~Writer() { stop(); }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void submit(std::unique_ptr<Work> work);
  void submit(std::unique_ptr<Task> task);
  // `apply(Transaction&)` gives a Result<T>.
  template <class T, class F>
  void write(Subject subject, std::size_t bytes, Done<T> done, F apply) {
    submit(std::make_unique<WorkOf<T, F>>(subject, bytes, std::move(apply), std::move(done)));
  }

  // Writes and completes all that waits; cuts tasks short. What comes later is refused.
  void stop();

  std::uint64_t waiting_requests() const { return waiting_requests_; }
  std::uint64_t waiting_bytes() const { return waiting_bytes_; }
  std::uint64_t database_bytes() const { return database_bytes_; }
  std::optional<Error> failure() const;  // of the last transaction of works, or of copying the WAL since

 private:
  using Batch = std::vector<std::unique_ptr<Work>>;
  void run();
  bool next(Batch& batch, bool& step);
  Batch take_batch();
  void write_batch(Batch& batch);
  Result<> commit(Batch& batch, std::vector<Transaction::Change>& changes);
  Result<Room> room();
  void step_task();
  void bound_wal();

  Connection db_;
  HotIndex* index_;
  const Options options_;
  const std::filesystem::path directory_;

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::unique_ptr<Work>> works_;
  std::deque<std::unique_ptr<Task>> tasks_;
  bool stopping_ = false;
  std::chrono::steady_clock::time_point task_again_;  // not before; however much else there is, then
  std::size_t last_batch_ = 0;
  std::optional<Error> copy_failure_;
  std::optional<Error> failure_;
  std::atomic<std::uint64_t> waiting_requests_ = 0;
  std::atomic<std::uint64_t> waiting_bytes_ = 0;
  std::atomic<std::uint64_t> database_bytes_ = 0;
  std::thread thread_;
};

}  // namespace candour::storage
