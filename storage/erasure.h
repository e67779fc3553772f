// SPDX-License-Identifier: AGPL-3.0-or-later
// Erases reports and open uploads so that their bytes are gone from database and WAL. First, in one transaction, they
// leave every list and are noted in `erasing`; then their parts are blanked a few at a time (secure_delete); then the WAL
// is emptied. A crash in between is taken up again when the store opens. Internal to storage/; a task of the writer.
#pragma once

#include <deque>
#include <functional>

#include "storage/work.h"

namespace candour::storage {

// Empties the WAL of what was in rows that were blanked, and notes that it did: the end of every erasure.
Result<Task::Progress> blank_log(Connection& db, HotIndex& index);

class Erasure final : public Task {
 public:
  using Choice = std::move_only_function<Result<std::vector<ReportId>>(Connection&, const HotIndex&)>;
  // `choose` names what to erase, once it is this task's turn. None: not_found unless `none_is_fine`.
  Erasure(Choice choose, bool none_is_fine, Done<std::uint64_t> done)
      : choose_(std::move(choose)), none_is_fine_(none_is_fine), done_(std::move(done)) {}
  // What an earlier run began.
  static Choice begun_before();

  Result<Progress> step(Connection& db, HotIndex& index) override;
  void complete(const Result<>& outcome) override;

 private:
  Result<> unlist(Connection& db, HotIndex& index, const std::vector<ReportId>& ids);
  Result<bool> blank_some(Connection& db, HotIndex& index);  // true: there may be more

  Choice choose_;
  bool none_is_fine_;
  Done<std::uint64_t> done_;
  bool begun_ = false;
  std::uint64_t count_ = 0;
  std::deque<std::pair<ReportId, std::int64_t>> left_;  // with the number of its upload
};

}  // namespace candour::storage
