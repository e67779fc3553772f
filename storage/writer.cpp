// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/writer.h"

#include <algorithm>
#include <chrono>
#include <system_error>

namespace candour::storage {
namespace {

constexpr std::size_t batch_works_max = 1024;
constexpr std::size_t wal_far_over = 4;  // times its bound: then the writer waits for the readers
constexpr std::chrono::milliseconds task_pause{50};
constexpr std::chrono::microseconds gathering_pause{300};  // a tenth of an fsync
constexpr Error queue_full{Errc::busy, "Too many requests wait for the disk. Try again shortly."};
constexpr Error closing{Errc::busy, "The store is closing. Try again when the service is back."};

// Everything that a batch is about already.
class Subjects {
 public:
  bool take(const Subject& subject) {
    const auto parts = parts_.find(subject.id);
    if (parts == parts_.end()) {
      parts_[subject.id] = {subject.part};
      return true;
    }
    if (subject.part == Subject::whole || parts->second.contains(Subject::whole)) return false;
    return parts->second.insert(subject.part).second;
  }

 private:
  std::map<ReportId, std::set<std::uint32_t>> parts_;
};

}  // namespace

Writer::Writer(Connection db, HotIndex& index, const Options& options, std::filesystem::path directory)
    : db_(std::move(db)), index_(&index), options_(options), directory_(std::move(directory)) {
  (void)room();  // for the first figures; a failure shows at the first commit
  thread_ = std::thread([this] { run(); });
}

void Writer::submit(std::unique_ptr<Work> work) {
  std::optional<Error> refusal;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_)
      refusal = closing;
    else if (waiting_requests_ >= options_.queue_requests_max ||
             waiting_bytes_ + work->bytes > options_.queue_bytes_max)
      refusal = queue_full;
    if (!refusal) {
      ++waiting_requests_;
      waiting_bytes_ += work->bytes;
      works_.push_back(std::move(work));
    }
  }
  if (refusal) return work->complete(refusal);
  wake_.notify_one();
}

void Writer::submit(std::unique_ptr<Task> task) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_) {
      const auto gives_way = [](const auto& waiting) { return waiting->gives_way(); };
      tasks_.insert(task->gives_way() ? tasks_.end() : std::ranges::find_if(tasks_, gives_way),
                    std::move(task));
    }
  }
  if (task) return task->complete(std::unexpected(closing));
  wake_.notify_one();
}

std::optional<Error> Writer::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

void Writer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Writer::run() {
  for (Batch batch;;) {
    bool step = false;
    if (!next(batch, step)) break;
    if (!batch.empty()) write_batch(batch);
    if (step) step_task();
    bound_wal();
  }
  for (auto& task : tasks_) task->complete(std::unexpected(closing));
  tasks_.clear();
}

// Waits for something to do; false when there will be nothing more.
bool Writer::next(Batch& batch, bool& step) {
  std::unique_lock lock(mutex_);
  const auto task_is_due = [&] { return !tasks_.empty() && std::chrono::steady_clock::now() >= task_again_; };
  while (!stopping_ && works_.empty() && !task_is_due()) {
    if (tasks_.empty())
      wake_.wait(lock);
    else
      wake_.wait_until(lock, task_again_);
  }
  if (works_.empty() && stopping_) return false;
  step = task_is_due() && !stopping_;
  // Those who were just acknowledged tend to come back at once with more. Without a moment's patience the first one of them
  // would have a commit to itself, and every second fsync would be for one request.
  if (works_.size() < last_batch_ / 2 && !stopping_)
    wake_.wait_for(lock, gathering_pause, [&] { return stopping_ || works_.size() >= last_batch_ / 2; });
  batch = take_batch();
  last_batch_ = batch.size();
  return true;
}

Writer::Batch Writer::take_batch() {
  Batch batch;
  Subjects subjects;
  std::size_t bytes = 0;
  while (!works_.empty() && batch.size() < batch_works_max) {
    const auto& work = *works_.front();
    if (!batch.empty() && bytes + work.bytes > options_.batch_bytes_max) break;
    if (!subjects.take(work.subject)) break;
    bytes += work.bytes;
    batch.push_back(std::move(works_.front()));
    works_.pop_front();
  }
  return batch;
}

void Writer::write_batch(Batch& batch) {
  std::vector<Transaction::Change> changes;
  const auto committed = commit(batch, changes);
  std::optional<Error> failure;
  if (committed)
    index_->change([&](HotIndex& index) {
      for (auto& change : changes) change(index);
    });
  else
    failure = committed.error();
  {
    const std::lock_guard lock(mutex_);
    failure_ = failure ? failure : copy_failure_;
  }
  for (auto& work : batch) {
    waiting_bytes_ -= work->bytes;
    --waiting_requests_;
    work->complete(failure);
    work.reset();
  }
  batch.clear();
}

Result<> Writer::commit(Batch& batch, std::vector<Transaction::Change>& changes) {
  return in_one_transaction(db_, [&]() -> Result<> {
    const auto left = room();
    if (!left) return fail(left);
    Transaction transaction(db_, *index_, *left);
    for (auto& work : batch) {
      const auto mark = transaction.mark();
      if (auto saved = db_.statement("SAVEPOINT one").run(); !saved) return saved;
      if (!work->apply(transaction)) {
        // A full or failing disk can make the library undo the whole transaction: then all of it failed.
        if (!db_.in_transaction())
          return fail(
              Errc::io,
              "The disk is full or failed. Free some space, or check it; nothing acknowledged is lost.");
        transaction.undo_to(mark);
        if (auto undone = db_.statement("ROLLBACK TO one").run(); !undone) return undone;
      }
      if (auto released = db_.statement("RELEASE one").run(); !released) return released;
    }
    changes = transaction.take_changes();
    return {};
  });
}

Result<Room> Writer::room() {
  const auto pages = db_.number("PRAGMA page_count");
  if (!pages) return fail(pages);
  const auto free_pages = db_.number("PRAGMA freelist_count");
  if (!free_pages) return fail(free_pages);
  const auto free_bytes = static_cast<std::uint64_t>(*free_pages * Connection::page_bytes);
  const auto used = static_cast<std::uint64_t>(*pages * Connection::page_bytes) - free_bytes;
  database_bytes_ = used;
  const auto disk = options_.disk_bytes_free(directory_);
  if (!disk) return fail(Errc::io, "The file system of the data directory cannot be asked. Check the mount.");
  const auto minus = [](std::uint64_t a, std::uint64_t b) { return a > b ? a - b : 0; };
  const auto size_of = [&](const char* name) -> std::uint64_t {
    std::error_code absent;
    const auto bytes = std::filesystem::file_size(directory_ / name, absent);
    return absent ? 0 : bytes;
  };
  // What is committed and not yet copied into the file has its place there still to take, and the WAL may grow.
  const auto unwritten = minus(used + free_bytes, size_of("candour.db"));
  const auto wal_growth =
      minus(wal_far_over * options_.wal_bytes_max + options_.batch_bytes_max, size_of("candour.db-wal"));
  return Room{
      .policy_bytes = minus(options_.quotas->stored_bytes_max, used),
      .disk_bytes = minus(*disk + free_bytes, options_.quotas->disk_reserve_bytes + unwritten + wal_growth),
  };
}

void Writer::step_task() {
  Task* task = nullptr;
  {
    const std::lock_guard lock(mutex_);
    task = tasks_.front().get();  // stays: only this thread takes tasks away, though others may get before it
  }
  const auto progress = task->step(db_, *index_);
  if (progress && *progress == Task::Progress::more) return;
  std::unique_ptr<Task> over;
  {
    const std::lock_guard lock(mutex_);
    if (progress && *progress == Task::Progress::later) {
      task_again_ = std::chrono::steady_clock::now() + task_pause;
      return;
    }
    task_again_ = {};
    const auto stepped = std::ranges::find(tasks_, task, &std::unique_ptr<Task>::get);
    over = std::move(*stepped);
    tasks_.erase(stepped);
  }
  if (progress)
    over->complete({});
  else
    over->complete(fail(progress));
}

void Writer::bound_wal() {
  if (db_.wal_bytes() <= options_.wal_bytes_max) return;
  // A reader's snapshot, which lasts for one piece, can keep the WAL from starting over. When that has gone on too
  // long, wait for the readers: the bound comes first.
  const bool far_over = db_.wal_bytes() > wal_far_over * options_.wal_bytes_max;
  const auto copied = db_.checkpoint(far_over ? Connection::Checkpoint::all_and_truncate
                                              : Connection::Checkpoint::what_is_possible);
  copy_failure_.reset();
  if (copied || copied.error().code == Errc::busy) return;
  copy_failure_ = copied.error();  // nobody waits for it: the operator is told
  const std::lock_guard lock(mutex_);
  failure_ = copy_failure_;
}

}  // namespace candour::storage
