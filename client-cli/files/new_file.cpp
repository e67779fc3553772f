// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/files/new_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "client-cli/files/read_file.h"
#include "crypto/core/random.h"

namespace candour::cli {
namespace {

std::unexpected<Failure> fail_errno(const std::string& path) {
  return fail_with(Errc::io, fmt::format("{}: {}", path, std::strerror(errno)));
}

std::unexpected<Failure> fail_taken(const std::string& path) {
  return fail_with(Errc::conflict, fmt::format("{}: is there already, and nothing is overwritten. "
                                               "Choose another name, or move it away first.",
                                               path));
}

Outcome<Descriptor> open_parent(const std::filesystem::path& path) {
  const std::string parent = path.has_parent_path() ? path.parent_path().string() : ".";
  Descriptor directory(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory) return fail_errno(parent);
  return directory;
}

}  // namespace

std::string random_suffix() {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz";
  std::string out(8, '\0');
  for (char& c : out) c = letters[random_below(static_cast<std::uint32_t>(letters.size()))];
  return out;
}

Outcome<bool> rename_new(int directory, const std::string& from, const std::string& to, bool is_directory) {
  if (::renameat2(directory, from.c_str(), directory, to.c_str(), RENAME_NOREPLACE) == 0) return true;
  if (errno == EEXIST) return false;
  if (errno != EINVAL && errno != ENOSYS) return fail_errno(to);
  // A file system without that flag: a hard link never replaces, and neither does making a directory.
  if (is_directory) {
    if (::mkdirat(directory, to.c_str(), 0700) != 0) {
      if (errno == EEXIST) return false;
      return fail_errno(to);
    }
    if (::renameat(directory, from.c_str(), directory, to.c_str()) != 0) return fail_errno(to);
    return true;
  }
  if (::linkat(directory, from.c_str(), directory, to.c_str(), 0) != 0) {
    if (errno == EEXIST) return false;
    return fail_errno(to);
  }
  ::unlinkat(directory, from.c_str(), 0);
  return true;
}

NewFile::NewFile(Descriptor directory, Descriptor fd, std::string temporary, std::string name,
                 std::string path)
    : directory_(std::move(directory)),
      fd_(std::move(fd)),
      temporary_(std::move(temporary)),
      name_(std::move(name)),
      path_(std::move(path)) {}

NewFile::~NewFile() {
  if (fd_ && directory_) ::unlinkat(directory_.get(), temporary_.c_str(), 0);
}

Outcome<NewFile> NewFile::create(const std::string& path, unsigned mode) {
  const std::filesystem::path named(path);
  const std::string name = named.filename().string();
  if (name.empty() || name == "." || name == "..") {
    return fail_with(Errc::malformed, fmt::format("{}: is not a file name. Name the file to write.", path));
  }
  auto directory = open_parent(named);
  if (!directory) return fail(directory);
  struct stat status{};
  if (::fstatat(directory->get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) return fail_taken(path);
  std::string temporary = fmt::format(".candour-{}.tmp", random_suffix());
  Descriptor fd(::openat(directory->get(), temporary.c_str(),
                         O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
  if (!fd) return fail_errno(path);
  return NewFile(std::move(*directory), std::move(fd), std::move(temporary), name, path);
}

Outcome<> NewFile::write(ByteView bytes) {
  auto written = write_full(fd_.get(), bytes);
  if (!written) return fail_about(path_, written);
  return {};
}

Outcome<> NewFile::commit() {
  if (::fsync(fd_.get()) != 0) return fail_errno(path_);
  auto renamed = rename_new(directory_.get(), temporary_, name_, false);
  if (!renamed) return fail(renamed);
  if (!*renamed) return fail_taken(path_);
  fd_.close();
  if (::fsync(directory_.get()) != 0 && errno != EINVAL) return fail_errno(path_);
  return {};
}

Outcome<> write_new_file(const std::string& path, ByteView bytes, unsigned mode) {
  auto file = NewFile::create(path, mode);
  if (!file) return fail(file);
  auto written = file->write(bytes);
  if (!written) return written;
  return file->commit();
}

Outcome<> replace_file(const std::string& path, ByteView bytes) {
  auto directory = open_parent(path);
  if (!directory) return fail(directory);
  const std::string name = std::filesystem::path(path).filename().string();
  struct stat status{};
  const unsigned mode =
      ::fstatat(directory->get(), name.c_str(), &status, 0) == 0 ? status.st_mode & 0777U : 0600U;
  const std::string temporary = fmt::format(".candour-{}.tmp", random_suffix());
  Descriptor fd(::openat(directory->get(), temporary.c_str(),
                         O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
  if (!fd) return fail_errno(path);
  auto written = write_full(fd.get(), bytes);
  if (written && (::fsync(fd.get()) != 0 ||
                  ::renameat(directory->get(), temporary.c_str(), directory->get(), name.c_str()) != 0)) {
    written = fail_errno(path);
  }
  if (!written) ::unlinkat(directory->get(), temporary.c_str(), 0);
  return written;
}

}  // namespace candour::cli
