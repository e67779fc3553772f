// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/files/new_directory.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "client-cli/files/new_file.h"
#include "client-cli/files/read_file.h"

namespace candour::cli {
namespace {

std::unexpected<Failure> fail_errno(const std::string& path) {
  return fail_with(Errc::io, fmt::format("{}: {}", path, std::strerror(errno)));
}

std::unexpected<Failure> fail_taken(const std::string& path) {
  return fail_with(Errc::conflict, fmt::format("{}: is there already, and nothing is overwritten. "
                                               "Choose another folder for --out.",
                                               path));
}

bool is_plain_name(std::string_view name) {
  return !name.empty() && name.front() != '.' && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  });
}

}  // namespace

NewDirectory::NewDirectory(Descriptor parent, Descriptor directory, std::string temporary, std::string name,
                           std::string path)
    : parent_(std::move(parent)),
      directory_(std::move(directory)),
      temporary_(std::move(temporary)),
      name_(std::move(name)),
      path_(std::move(path)) {}

Outcome<NewDirectory> NewDirectory::create(const std::string& path) {
  std::filesystem::path named(path);
  if (!named.has_filename()) named = named.parent_path();
  const std::string name = named.filename().string();
  if (name.empty() || name == "." || name == "..") {
    return fail_with(Errc::malformed,
                     fmt::format("{}: is not the name of a new folder. Name one for --out.", path));
  }
  const std::string parent_path = named.has_parent_path() ? named.parent_path().string() : ".";
  Descriptor parent(::open(parent_path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!parent) return fail_errno(parent_path);
  struct stat status{};
  if (::fstatat(parent.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) return fail_taken(path);
  std::string temporary = fmt::format("{}.unverified-{}", name, random_suffix());
  if (::mkdirat(parent.get(), temporary.c_str(), 0700) != 0) return fail_errno(path);
  Descriptor directory(
      ::openat(parent.get(), temporary.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!directory) {
    ::unlinkat(parent.get(), temporary.c_str(), AT_REMOVEDIR);
    return fail_errno(path);
  }
  return NewDirectory(std::move(parent), std::move(directory), std::move(temporary), name, path);
}

NewDirectory::~NewDirectory() {
  if (!directory_) return;
  for (const std::string& file : files_) ::unlinkat(directory_.get(), file.c_str(), 0);
  if (subfolder_) ::unlinkat(directory_.get(), subfolder_name_.c_str(), AT_REMOVEDIR);
  ::unlinkat(parent_.get(), temporary_.c_str(), AT_REMOVEDIR);
}

Outcome<int> NewDirectory::folder(const std::string& name) {
  if (name.empty()) return directory_.get();
  if (subfolder_) {
    if (name != subfolder_name_) return fail_with(Errc::refused, "the archive has more folders than it may.");
    return subfolder_.get();
  }
  if (::mkdirat(directory_.get(), name.c_str(), 0700) != 0) return fail_errno(path_);
  subfolder_name_ = name;
  subfolder_ =
      Descriptor(::openat(directory_.get(), name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!subfolder_) return fail_errno(path_);
  return subfolder_.get();
}

Outcome<> NewDirectory::begin_file(std::string_view name) {
  const std::size_t slash = name.find('/');
  const std::string_view folder_name = slash == std::string_view::npos ? "" : name.substr(0, slash);
  const std::string_view file_name = slash == std::string_view::npos ? name : name.substr(slash + 1);
  if (!is_plain_name(file_name) || (slash != std::string_view::npos && !is_plain_name(folder_name))) {
    return fail_with(Errc::refused, "the archive has a member whose name is not allowed.");
  }
  auto where = folder(std::string(folder_name));
  if (!where) return fail(where);
  file_ = Descriptor(::openat(*where, std::string(file_name).c_str(),
                              O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file_) return fail_errno(path_);
  files_.emplace_back(name);
  return {};
}

Outcome<> NewDirectory::write(ByteView bytes) {
  auto written = write_full(file_.get(), bytes);
  if (!written) return fail_about(path_, written);
  return {};
}

Outcome<> NewDirectory::end_file() {
  if (::fsync(file_.get()) != 0) return fail_errno(path_);
  file_.close();
  return {};
}

Outcome<> NewDirectory::commit() {
  if ((subfolder_ && ::fsync(subfolder_.get()) != 0) || ::fsync(directory_.get()) != 0)
    return fail_errno(path_);
  auto renamed = rename_new(parent_.get(), temporary_, name_, true);
  if (!renamed) return fail(renamed);
  if (!*renamed) return fail_taken(path_);
  directory_.close();
  if (::fsync(parent_.get()) != 0 && errno != EINVAL) return fail_errno(path_);
  return {};
}

}  // namespace candour::cli
