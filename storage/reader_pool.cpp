// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/reader_pool.h"

namespace candour::storage {

Result<std::unique_ptr<ReaderPool>> ReaderPool::start(const std::filesystem::path& file,
                                                      const DatabaseKey& key, const Options& options) {
  std::vector<Connection> connections;
  for (std::size_t i = 0; i < options.readers; ++i) {
    auto connection = Connection::open(file, key, Connection::Use::read);
    if (!connection) return fail(connection);
    connections.push_back(std::move(*connection));
  }
  return std::unique_ptr<ReaderPool>(new ReaderPool(std::move(connections), options.reads_waiting_max));
}

ReaderPool::ReaderPool(std::vector<Connection> connections, std::size_t waiting_max)
    : waiting_max_(waiting_max), connections_(std::move(connections)) {
  for (auto& connection : connections_) threads_.emplace_back([this, &connection] { run(connection); });
}

bool ReaderPool::reserve() {
  const std::lock_guard lock(mutex_);
  return !stopping_ && jobs_.size() < waiting_max_;
}

void ReaderPool::push(Job job) {
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  waiting_.notify_one();
}

bool ReaderPool::post(Job job) {
  if (!reserve()) return false;
  push(std::move(job));
  return true;
}

void ReaderPool::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  waiting_.notify_all();
  for (auto& thread : threads_)
    if (thread.joinable()) thread.join();
  // A refusal and a stop can cross: what slipped in between is answered here.
  while (!jobs_.empty() && !connections_.empty()) {
    auto job = std::move(jobs_.front());
    jobs_.pop_front();
    job(connections_.front());
  }
}

void ReaderPool::run(Connection& db) {
  std::unique_lock lock(mutex_);
  for (;;) {
    // A running job may go on with a further piece, so that one ends the threads only when none runs.
    waiting_.wait(lock, [&] { return !jobs_.empty() || (stopping_ && running_ == 0); });
    if (jobs_.empty()) return;
    auto job = std::move(jobs_.front());
    jobs_.pop_front();
    ++running_;
    lock.unlock();
    job(db);
    job = nullptr;
    lock.lock();
    --running_;
    if (stopping_ && running_ == 0) waiting_.notify_all();
  }
}

}  // namespace candour::storage
