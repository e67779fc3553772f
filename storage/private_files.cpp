// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/private_files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "storage/options.h"

namespace candour::storage {

Result<> make_private_file(const std::filesystem::path& file, bool exclusive) {
  const int fd =
      ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | (exclusive ? O_EXCL : 0), 0600);
  if (fd < 0) {
    if (errno == EEXIST) return fail(Errc::conflict, "There is a file of that name already. Choose another.");
    return fail(Errc::io, "The file cannot be made. Check that its directory exists and can be written.");
  }
  ::close(fd);
  return {};
}

Result<> sync_to_disk(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = fd >= 0 && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  if (!synced) return fail(Errc::io, "The disk did not confirm that it has the data. Check the disk.");
  return {};
}

void remove_database(const std::filesystem::path& file) {
  std::error_code ignored;
  for (const auto* suffix : {"", "-journal", "-wal", "-shm"}) {
    auto one = file;
    one += suffix;
    std::filesystem::remove(one, ignored);
  }
}

Result<> check_private_directory(const std::filesystem::path& directory) {
  std::error_code failed;
  const auto status = std::filesystem::status(directory, failed);
  if (failed || !std::filesystem::is_directory(status))
    return fail(Errc::io, "The data directory does not exist. Make it, with mode 0700.");
  using std::filesystem::perms;
  if ((status.permissions() & (perms::group_all | perms::others_all)) != perms::none)
    return fail(Errc::refused, "The data directory is open to other users. Give it mode 0700.");
  return {};
}

std::optional<std::uint64_t> free_on_disk(const std::filesystem::path& directory) {
  std::error_code failed;
  const auto disk = std::filesystem::space(directory, failed);
  if (failed) return std::nullopt;
  return disk.available;
}

Result<DirectoryLock> DirectoryLock::take(const std::filesystem::path& directory) {
  const auto file = directory / "candour.lock";
  if (auto made = make_private_file(file, false); !made)
    return fail(Errc::io, "The data directory cannot be written. Check its owner, its mode and the mount.");
  const int fd = ::open(file.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0)
    return fail(Errc::io, "The data directory cannot be written. Check its owner, its mode and the mount.");
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    ::close(fd);
    return fail(Errc::refused, "Another program has this store open. Stop it first.");
  }
  return DirectoryLock(fd);
}

DirectoryLock::DirectoryLock(DirectoryLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

DirectoryLock::~DirectoryLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace candour::storage
