// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/backup.h"

#include <system_error>

namespace candour::storage {

Result<> Backup::begin(Connection& db) {
  std::error_code failed;
  if (std::filesystem::exists(file_, failed) || failed)
    return fail(Errc::conflict, "There is a file of that name already. Choose another.");
  auto partial = file_;
  partial += ".partial";
  auto copy = DatabaseCopy::begin(db, std::move(partial), key_);
  if (!copy) return fail(copy);
  copy_.emplace(std::move(*copy));
  return {};
}

Result<Task::Progress> Backup::step(Connection& db, HotIndex&) {
  if (!copy_) {
    if (auto begun = begin(db); !begun) return fail(begun);
    return Progress::more;
  }
  const auto progress = copy_->step();
  if (!progress) return fail(progress);
  if (*progress == DatabaseCopy::Progress::later) return Progress::later;
  if (*progress == DatabaseCopy::Progress::more) return Progress::more;
  if (auto closed = copy_->close(); !closed) return fail(closed);
  if (auto named = copy_->publish(file_); !named) return fail(named);
  return Progress::finished;
}

void Backup::complete(const Result<>& outcome) {
  copy_.reset();  // what is not whole is gone before anybody is told
  done_(outcome);
}

}  // namespace candour::storage
