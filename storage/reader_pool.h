// SPDX-License-Identifier: AGPL-3.0-or-later
// A few threads, each with a connection of its own, that answer questions in the order in which they came. Readers never
// wait for the writer, nor it for them. Internal to storage/; `answer` and `go_on` from any thread.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "storage/connection.h"
#include "storage/options.h"
#include "storage/report.h"

namespace candour::storage {

class ReaderPool {
 public:
  using Job = std::move_only_function<void(Connection&)>;

  static Result<std::unique_ptr<ReaderPool>> start(const std::filesystem::path& file, const DatabaseKey& key,
                                                   const Options& options);
  ~ReaderPool() { stop(); }
  ReaderPool(const ReaderPool&) = delete;
  ReaderPool& operator=(const ReaderPool&) = delete;

  // Completes `done` with what `work(Connection&)` gives; at once with Errc::busy when too many wait.
  template <class T, class F>
  void answer(Done<T> done, F work) {
    if (!reserve()) return done(fail(Errc::busy, "Too many requests wait for the disk. Try again shortly."));
    push([done = std::move(done), work = std::move(work)](Connection& db) mutable { done(work(db)); });
  }
  // False, and nothing done, when too many wait.
  bool post(Job job);
  // A further piece of what was accepted before: goes to the end of the queue, never refused.
  void go_on(Job job) { push(std::move(job)); }

  // Answers all that waits, then ends the threads. What comes later is refused.
  void stop();

 private:
  ReaderPool(std::vector<Connection> connections, std::size_t waiting_max);
  bool reserve();
  void push(Job job);
  void run(Connection& db);

  std::mutex mutex_;
  std::condition_variable waiting_;
  std::deque<Job> jobs_;
  std::size_t waiting_max_;
  std::size_t running_ = 0;
  bool stopping_ = false;
  std::vector<Connection> connections_;
  std::vector<std::thread> threads_;
};

}  // namespace candour::storage
