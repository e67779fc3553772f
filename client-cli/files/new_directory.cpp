// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/files/new_directory.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>

#include "client-cli/files/file_failure.h"
#include "client-cli/files/read_file.h"

namespace candour::cli {
namespace {

bool is_plain_name(std::string_view name) {
  return !name.empty() && name.front() != '.' && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  });
}

}  // namespace

Outcome<NewDirectory> NewDirectory::create(const std::string& path) {
  auto place = NewName::free_at(path);
  if (!place) return fail(place);
  std::string temporary = fmt::format("{}.unverified-{}", place->name, random_suffix());
  const int parent = place->parent.get();
  if (::mkdirat(parent, temporary.c_str(), 0700) != 0) return fail_file(path, Access::write);
  Descriptor directory(::openat(parent, temporary.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!directory) {
    auto failed = fail_file(path, Access::write);
    ::unlinkat(parent, temporary.c_str(), AT_REMOVEDIR);
    return failed;
  }
  return NewDirectory(*std::move(place), std::move(directory), std::move(temporary));
}

NewDirectory::~NewDirectory() {
  if (!directory_) return;
  for (const std::string& file : files_) ::unlinkat(directory_.get(), file.c_str(), 0);
  if (subfolder_) ::unlinkat(directory_.get(), subfolder_name_.c_str(), AT_REMOVEDIR);
  ::unlinkat(place_.parent.get(), temporary_.c_str(), AT_REMOVEDIR);
}

Outcome<int> NewDirectory::folder(const std::string& name) {
  if (name.empty()) return directory_.get();
  if (subfolder_) {
    if (name != subfolder_name_) return fail_with(Errc::refused, "the archive has more folders than it may.");
    return subfolder_.get();
  }
  if (::mkdirat(directory_.get(), name.c_str(), 0700) != 0) return fail_file(place_.path, Access::write);
  subfolder_name_ = name;
  subfolder_ =
      Descriptor(::openat(directory_.get(), name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!subfolder_) return fail_file(place_.path, Access::write);
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
  if (!file_) return fail_file(place_.path, Access::write);
  files_.emplace_back(name);
  return {};
}

Outcome<> NewDirectory::write(ByteView bytes) { return write_full(file_.get(), bytes, place_.path); }

Outcome<> NewDirectory::end_file() {
  if (::fsync(file_.get()) != 0) return fail_file(place_.path, Access::write);
  file_.close();
  return {};
}

Outcome<> NewDirectory::commit() {
  if ((subfolder_ && ::fsync(subfolder_.get()) != 0) || ::fsync(directory_.get()) != 0) {
    return fail_file(place_.path, Access::write);
  }
  if (auto named = place_.give_to(temporary_, true); !named) return named;
  directory_.close();
  return {};
}

}  // namespace candour::cli
