// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/files/as_owner.h"

#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "client-cli/files/file_failure.h"
#include "client-cli/terminal/visible.h"

namespace candour::cli {

namespace {

std::unexpected<Failure> fail_rights(const std::string& folder) {
  return fail_with(
      Errc::io, fmt::format("{}: what belongs to another user is touched with that user's rights alone, and "
                            "they could not be taken ({}). Run this as root outside of a container.",
                            visible_line(folder), std::strerror(errno)));
}

}  // namespace

Outcome<AsOwner> AsOwner::of(std::string folder) {
  while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();  // else a link would be followed
  struct stat status{};
  if (lstat(folder.c_str(), &status) != 0) return fail_file(folder, Access::read);
  if (!S_ISDIR(status.st_mode)) {
    errno = ENOTDIR;
    return fail_file(folder, Access::read);
  }
  if (geteuid() != 0 || status.st_uid == 0) return AsOwner(false, {});
  const int count = getgroups(0, nullptr);
  std::vector<gid_t> groups(count > 0 ? static_cast<std::size_t>(count) : 0);
  if (count < 0 || getgroups(count, groups.data()) != count || setgroups(0, nullptr) != 0)
    return fail_rights(folder);
  AsOwner owner(true, std::move(groups));  // whatever fails from here on is taken back
  if (setegid(status.st_gid) != 0 || seteuid(status.st_uid) != 0) return fail_rights(folder);
  return owner;
}

AsOwner::AsOwner(AsOwner&& other) noexcept
    : changed_(std::exchange(other.changed_, false)), groups_(std::move(other.groups_)) {}

AsOwner::~AsOwner() {
  if (!changed_) return;
  if (seteuid(0) != 0 || setegid(0) != 0 || setgroups(groups_.size(), groups_.data()) != 0) std::abort();
}

}  // namespace candour::cli
