// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/backup.h"

#include "storage/private_files.h"
#include "storage/sqlcipher.h"

namespace candour::storage {
namespace {

constexpr int pages_at_once = 256;

}  // namespace

Backup::Backup(std::filesystem::path file, DatabaseKey key, Done<> done)
    : file_(std::move(file)), partial_(file_), key_(std::move(key)), done_(std::move(done)) {
  partial_ += ".partial";
}

Backup::~Backup() {
  if (backup_ != nullptr) sqlite3_backup_finish(backup_);
  copy_.reset();
  std::error_code ignored;
  if (made_partial_) std::filesystem::remove(partial_, ignored);
}

Result<> Backup::begin(Connection& db) {
  std::error_code failed;
  if (std::filesystem::exists(file_, failed) || failed)
    return fail(Errc::conflict, "There is a file of that name already. Choose another.");
  if (auto made = make_private_file(partial_, true); !made) return made;
  made_partial_ = true;
  auto copy = Connection::open(partial_, key_, Connection::Use::copy);
  if (!copy) return fail(copy);
  copy_.emplace(std::move(*copy));
  backup_ = sqlite3_backup_init(copy_->handle(), "main", db.handle(), "main");
  if (backup_ == nullptr) return std::unexpected(error_of(sqlite3_errcode(copy_->handle())));
  return {};
}

Result<> Backup::publish() {
  const int code = sqlite3_backup_finish(backup_);
  backup_ = nullptr;
  if (code != SQLITE_OK) return std::unexpected(error_of(code));
  copy_.reset();
  if (auto synced = sync_to_disk(partial_); !synced) return synced;
  std::error_code failed;
  std::filesystem::rename(partial_, file_, failed);
  if (failed) return fail(Errc::io, "The finished backup cannot be given its name. Check its directory.");
  made_partial_ = false;
  const auto directory = file_.parent_path();
  return sync_to_disk(directory.empty() ? "." : directory);
}

Result<Task::Progress> Backup::step(Connection& db, HotIndex&) {
  if (backup_ == nullptr) {
    if (auto begun = begin(db); !begun) return fail(begun);
    return Progress::more;
  }
  const int code = sqlite3_backup_step(backup_, pages_at_once);
  if (code == SQLITE_OK) return Progress::more;
  if ((code & 0xff) == SQLITE_BUSY) return Progress::later;
  if (code != SQLITE_DONE) return std::unexpected(error_of(code));
  if (auto done = publish(); !done) return fail(done);
  return Progress::finished;
}

void Backup::complete(const Result<>& outcome) { done_(outcome); }

}  // namespace candour::storage
