// SPDX-License-Identifier: AGPL-3.0-or-later
// What the writer does. A Work is one request: it joins others in a transaction and is completed after the commit. A Task
// is long and internal to storage/ (close a day, erase, back up): it goes in bounded steps, each committed by itself,
// between the batches of works.
#pragma once

#include <optional>
#include <utility>

#include "storage/report.h"
#include "storage/transaction.h"

namespace candour::storage {

// What a work is about. Two about the same thing never share a transaction, so that each sees the other's outcome
// in the index, which changes only after a commit. Two parts of one upload may share one.
struct Subject {
  static constexpr std::uint32_t whole = 0xffffffff;
  ReportId id{};
  std::uint32_t part = whole;
};

class Work {
 public:
  Work(Subject what, std::size_t size) : subject(what), bytes(size) {}
  virtual ~Work() = default;
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;

  virtual bool apply(Transaction& transaction) = 0;         // false: it failed and wants to be undone
  virtual void complete(std::optional<Error> failure) = 0;  // of the whole batch, or before it was queued

  const Subject subject;
  const std::size_t bytes;  // held in memory until it is completed
};

template <class T, class F>
class WorkOf final : public Work {
 public:
  WorkOf(Subject what, std::size_t size, F apply, Done<T> done)
      : Work(what, size), apply_(std::move(apply)), done_(std::move(done)) {}

  bool apply(Transaction& transaction) override {
    outcome_ = apply_(transaction);
    return outcome_->has_value();
  }
  void complete(std::optional<Error> failure) override {
    // What failed by itself says why; what was fine, or never tried, shares the fate of its transaction.
    if (!outcome_ || (failure && *outcome_))
      outcome_ = std::unexpected(failure.value_or(Error{Errc::internal, "The request was never tried."}));
    done_(std::move(*outcome_));
  }

 private:
  F apply_;
  Done<T> done_;
  std::optional<Result<T>> outcome_;
};

class Task {
 public:
  Task() = default;
  virtual ~Task() = default;
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;

  enum class Progress : std::uint8_t { more, later, finished };  // later: something is in the way just now
  virtual Result<Progress> step(Connection& db, HotIndex& index) = 0;
  // Others overtake it, so that nobody waits for the end of it. What it does must not depend on what they change.
  virtual bool gives_way() const { return false; }
  virtual void complete(const Result<>& outcome) = 0;
};

// Commits what `f` did, or undoes it.
template <class F>
Result<> in_one_transaction(Connection& db, F&& f) {
  if (auto begun = db.begin(); !begun) return begun;
  Result<> done = f();
  if (done) done = db.commit();
  if (!done && db.in_transaction()) (void)db.run("ROLLBACK");
  return done;
}

}  // namespace candour::storage
