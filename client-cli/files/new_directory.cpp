// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/files/new_directory.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <ranges>

#include "client-cli/files/file_failure.h"
#include "client-cli/files/read_file.h"
#include "protocol/contains.h"

namespace candour::cli {
namespace {

bool is_plain_name(std::string_view name) {
  return !name.empty() && name.front() != '.' && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  });
}

// Every part of "folder/…/file" is plain, and the folders are not too many.
bool is_plain_path(std::string_view path) {
  for (std::size_t folders = 0; folders <= new_directory_depth_max; ++folders) {
    const std::size_t slash = path.find('/');
    if (!is_plain_name(path.substr(0, slash))) return false;
    if (slash == std::string_view::npos) return true;
    path.remove_prefix(slash + 1);
  }
  return false;
}

Descriptor open_at(int parent, const std::string& name) {
  return Descriptor(::openat(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

}  // namespace

Outcome<NewDirectory> NewDirectory::create(const std::string& path) {
  auto place = NewName::free_at(path);
  if (!place) return fail(place);
  std::string temporary = fmt::format("{}.unverified-{}", place->name, random_suffix());
  const int parent = place->parent.get();
  if (::mkdirat(parent, temporary.c_str(), 0700) != 0) return fail_file(path, Access::write);
  Descriptor directory = open_at(parent, temporary);
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
  for (const std::string& folder : std::views::reverse(folders_))
    ::unlinkat(directory_.get(), folder.c_str(), AT_REMOVEDIR);
  ::unlinkat(place_.parent.get(), temporary_.c_str(), AT_REMOVEDIR);
}

// Step by step, so that no part of the way is a link.
Outcome<Descriptor> NewDirectory::open_folder(std::string_view name, bool make) {
  Descriptor folder = open_at(directory_.get(), ".");
  for (std::size_t end = 0; folder && end < name.size();) {
    const std::size_t begin = end == 0 ? 0 : end + 1;
    end = std::min(name.find('/', begin), name.size());
    const std::string part(name.substr(begin, end - begin));
    std::string way(name.substr(0, end));
    if (make && !contains(folders_, way)) {
      if (::mkdirat(folder.get(), part.c_str(), 0700) != 0) return fail_file(place_.path, Access::write);
      folders_.push_back(std::move(way));
    }
    folder = open_at(folder.get(), part);
  }
  if (!folder) return fail_file(place_.path, Access::write);
  return folder;
}

Outcome<Descriptor> NewDirectory::make_file(std::string_view name) {
  if (!is_plain_path(name)) {
    return fail_with(Errc::refused, "the archive has a member whose name is not allowed.");
  }
  const std::size_t slash = name.rfind('/');
  auto folder = open_folder(slash == std::string_view::npos ? "" : name.substr(0, slash), true);
  if (!folder) return folder;
  const std::string file_name(name.substr(slash == std::string_view::npos ? 0 : slash + 1));
  Descriptor file(
      ::openat(folder->get(), file_name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file) return fail_file(place_.path, Access::write);
  files_.emplace_back(name);
  return file;
}

Outcome<> NewDirectory::begin_file(std::string_view name) {
  auto file = make_file(name);
  if (!file) return fail(file);
  file_ = *std::move(file);
  return {};
}

Outcome<> NewDirectory::write(ByteView bytes) { return write_full(file_.get(), bytes, place_.path); }

Outcome<> NewDirectory::end_file() {
  if (::fsync(file_.get()) != 0) return fail_file(place_.path, Access::write);
  file_.close();
  return {};
}

Outcome<> NewDirectory::commit() {
  for (const std::string& name : folders_) {
    auto folder = open_folder(name, false);
    if (!folder) return fail(folder);
    if (::fsync(folder->get()) != 0) return fail_file(place_.path, Access::write);
  }
  if (::fsync(directory_.get()) != 0) return fail_file(place_.path, Access::write);
  if (auto named = place_.give_to(temporary_, true); !named) return named;
  directory_.close();
  return {};
}

}  // namespace candour::cli
