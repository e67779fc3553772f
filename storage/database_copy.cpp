// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/database_copy.h"

#include <system_error>
#include <utility>

#include "storage/private_files.h"
#include "storage/sqlcipher.h"

namespace candour::storage {
namespace {

constexpr int pages_at_once = 256;

}  // namespace

DatabaseCopy::File::~File() {
  if (!path.empty()) remove_database(path);
}

void DatabaseCopy::Finish::operator()(sqlite3_backup* backup) const { sqlite3_backup_finish(backup); }

Result<DatabaseCopy> DatabaseCopy::begin(Connection& from, std::filesystem::path partial,
                                         const DatabaseKey& key) {
  if (auto made = make_private_file(partial, true); !made) return fail(made);
  File file(std::move(partial));
  auto to = Connection::open(file.path, key, Connection::Use::copy);
  if (!to) return fail(to);
  auto* backup = sqlite3_backup_init(to->handle(), "main", from.handle(), "main");
  if (backup == nullptr) return std::unexpected(error_of(sqlite3_errcode(to->handle())));
  return DatabaseCopy(from, std::move(file), std::move(*to), backup);
}

Result<DatabaseCopy::Progress> DatabaseCopy::step() {
  // In a transaction of ours, because the step forgets at its end that its last page did not prove authentic.
  if (auto begun = from_->run("BEGIN"); !begun) return fail(begun);
  int code = SQLITE_OK;
  auto proved = from_->prove_what_was_read();  // begins to read
  if (proved) {
    code = sqlite3_backup_step(backup_.get(), pages_at_once);
    proved = from_->prove_what_was_read();
  }
  (void)from_->run("ROLLBACK");
  if (!proved) return fail(proved);
  if (code == SQLITE_DONE) return Progress::finished;
  if (code == SQLITE_OK) return Progress::more;
  if ((code & 0xff) == SQLITE_BUSY) return Progress::later;
  return std::unexpected(error_of(code));
}

Result<> DatabaseCopy::close() {
  const int code = sqlite3_backup_finish(backup_.release());
  to_.reset();
  if (code != SQLITE_OK) return std::unexpected(error_of(code));
  return sync_to_disk(file_.path);
}

Result<> DatabaseCopy::publish(const std::filesystem::path& file) {
  std::error_code failed;
  std::filesystem::rename(file_.path, file, failed);
  if (failed) return fail(Errc::io, "The finished copy cannot be given its name. Check its directory.");
  file_.path.clear();
  const auto directory = file.parent_path();
  return sync_to_disk(directory.empty() ? "." : directory);
}

}  // namespace candour::storage
