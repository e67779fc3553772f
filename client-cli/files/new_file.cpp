// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/files/new_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cstdio>

#include "client-cli/files/file_failure.h"
#include "client-cli/files/read_file.h"

namespace candour::cli {

NewFile::~NewFile() {
  if (fd_) ::unlinkat(place_.parent.get(), temporary_.c_str(), 0);
}

Outcome<NewFile> NewFile::create(const std::string& path, unsigned mode) {
  auto place = NewName::free_at(path);
  if (!place) return fail(place);
  return create_at(*std::move(place), mode);
}

Outcome<NewFile> NewFile::create_at(NewName place, unsigned mode) {
  std::string temporary = fmt::format(".candour-{}.tmp", random_suffix());
  Descriptor fd(::openat(place.parent.get(), temporary.c_str(),
                         O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
  // Whatever umask its owner works with.
  if (!fd || ::fchmod(fd.get(), mode) != 0) return fail_file(place.path, Access::write);
  return NewFile(std::move(place), std::move(fd), std::move(temporary));
}

Outcome<> NewFile::write(ByteView bytes) { return write_full(fd_.get(), bytes, place_.path); }

Outcome<> NewFile::commit() {
  if (::fsync(fd_.get()) != 0) return fail_file(place_.path, Access::write);
  if (auto named = place_.give_to(temporary_, false); !named) return named;
  fd_.close();
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
  auto place = NewName::of(path);
  if (!place) return fail(place);
  struct stat status{};
  const unsigned mode =
      ::fstatat(place->parent.get(), place->name.c_str(), &status, 0) == 0 ? status.st_mode & 0777U : 0600U;
  auto file = NewFile::create_at(*std::move(place), mode);
  if (!file) return fail(file);
  if (auto written = file->write(bytes); !written) return written;
  const int parent = file->place_.parent.get();
  if (::fsync(file->fd_.get()) != 0 ||
      ::renameat(parent, file->temporary_.c_str(), parent, file->place_.name.c_str()) != 0) {
    return fail_file(path, Access::write);
  }
  file->fd_.close();
  return file->place_.make_durable();
}

}  // namespace candour::cli
