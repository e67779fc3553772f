// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/files/new_name.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "client-cli/files/file_failure.h"
#include "client-cli/terminal/visible.h"
#include "crypto/core/random.h"

namespace candour::cli {
namespace {

// 0, or -1 with errno: EEXIST where `to` is taken.
int rename_new(int directory, const std::string& from, const std::string& to, bool is_directory) {
  if (::renameat2(directory, from.c_str(), directory, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return -1;
  // A file system without that flag: a hard link never replaces, and neither does making a directory.
  if (is_directory) {
    if (::mkdirat(directory, to.c_str(), 0700) != 0) return -1;
    return ::renameat(directory, from.c_str(), directory, to.c_str());
  }
  if (::linkat(directory, from.c_str(), directory, to.c_str(), 0) != 0) return -1;
  return ::unlinkat(directory, from.c_str(), 0);
}

}  // namespace

Outcome<NewName> NewName::of(const std::string& path) {
  std::filesystem::path named(path);
  if (!named.has_filename()) named = named.parent_path();
  const std::string name = named.filename().string();
  if (name.empty() || name == "." || name == "..") {
    return fail_with(Errc::malformed,
                     fmt::format("\"{}\" is not a name for something new. Name what is to be written, say "
                                 "FOLDER/NAME.",
                                 visible_line(path)));
  }
  const std::string parent_path = named.has_parent_path() ? named.parent_path().string() : ".";
  Descriptor parent(::open(parent_path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!parent) return fail_file(parent_path, Access::write);
  return NewName{std::move(parent), name, path};
}

Outcome<NewName> NewName::free_at(const std::string& path) {
  auto place = of(path);
  if (!place) return place;
  struct stat status{};
  if (::fstatat(place->parent.get(), place->name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) {
    return fail_taken(path);
  }
  return place;
}

Outcome<> NewName::give_to(const std::string& temporary, bool is_directory) const {
  if (rename_new(parent.get(), temporary, name, is_directory) != 0) {
    return errno == EEXIST ? fail_taken(path) : fail_file(path, Access::write);
  }
  return make_durable();
}

Outcome<> NewName::make_durable() const {
  // Some file systems cannot make a folder's entry durable by itself, and say so.
  if (::fsync(parent.get()) != 0 && errno != EINVAL) return fail_file(path, Access::write);
  return {};
}

std::string random_suffix() {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz";
  std::string out(8, '\0');
  for (char& c : out) c = letters[random_below(static_cast<std::uint32_t>(letters.size()))];
  return out;
}

}  // namespace candour::cli
