// SPDX-License-Identifier: AGPL-3.0-or-later
// Files that only their owner can read, and file operations that have reached the disk. Internal to storage/.
#pragma once

#include <filesystem>

#include "crypto/core/result.h"

namespace candour::storage {

// Makes `file` with mode 0600 unless it is there; with `exclusive`, refuses one that is.
Result<> make_private_file(const std::filesystem::path& file, bool exclusive);
// What was written to `path` (a file, or a directory's list of names) is on the disk.
Result<> sync_to_disk(const std::filesystem::path& path);

// Removes a database that nobody has open, and what SQLite puts beside it. Errors are left for whoever needs the name next.
void remove_database(const std::filesystem::path& file);
// There, a directory, and of mode 0700.
Result<> check_private_directory(const std::filesystem::path& directory);

// In the data directory.
inline constexpr const char* database_name = "candour.db";
inline constexpr const char* new_database_name = "candour.db.new";  // to be the next candour.db

// Keeps a second process out of a directory while it lives, also after the first one crashed.
class DirectoryLock {
 public:
  static Result<DirectoryLock> take(const std::filesystem::path& directory);
  DirectoryLock(DirectoryLock&& other) noexcept;
  DirectoryLock& operator=(DirectoryLock&&) = delete;
  ~DirectoryLock();

 private:
  explicit DirectoryLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace candour::storage
