// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/files/as_owner.h"

#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <utility>

#include "client-cli/files/file_failure.h"

namespace candour::cli {

Outcome<AsOwner> AsOwner::of(const std::string& folder) {
  struct stat status{};
  if (lstat(folder.c_str(), &status) != 0) return fail_file(folder, Access::read);
  if (!S_ISDIR(status.st_mode)) {
    errno = ENOTDIR;
    return fail_file(folder, Access::read);
  }
  if (geteuid() != 0 || status.st_uid == 0) return AsOwner(false, {});
  const int count = getgroups(0, nullptr);
  std::vector<gid_t> groups(count > 0 ? static_cast<std::size_t>(count) : 0);
  if (count < 0 || getgroups(count, groups.data()) != count) return fail_file(folder, Access::read);
  AsOwner owner(true, std::move(groups));  // whatever fails from here on is taken back
  if (setgroups(0, nullptr) != 0 || setegid(status.st_gid) != 0 || seteuid(status.st_uid) != 0)
    return fail_file(folder, Access::read);
  return owner;
}

AsOwner::AsOwner(AsOwner&& other) noexcept
    : changed_(std::exchange(other.changed_, false)), groups_(std::move(other.groups_)) {}

AsOwner::~AsOwner() {
  if (!changed_) return;
  if (seteuid(0) != 0 || setegid(0) != 0 || setgroups(groups_.size(), groups_.data()) != 0) std::abort();
}

}  // namespace candour::cli
