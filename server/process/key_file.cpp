// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/process/key_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "server/process/descriptor.h"

namespace candour::server {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kContentBytesMax = 256;

bool fits(off_t bytes) {
  return bytes >= static_cast<off_t>(kKeyBytes) && bytes <= static_cast<off_t>(kContentBytesMax);
}

}  // namespace

bool is_owner_trusted(uid_t owner, const std::filesystem::path& beside) {
  if (owner == geteuid() || owner == 0) return true;
  struct stat status{};
  return geteuid() == 0 && stat(beside.c_str(), &status) == 0 && status.st_uid == owner;
}

bool sync_folder(const std::filesystem::path& folder) {
  const Descriptor opened(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return opened.get() >= 0 && fsync(opened.get()) == 0;
}

Result<SecretBytes> read_key_content(const std::filesystem::path& file, Readers readers) {
  const Descriptor opened(open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  if (opened.get() < 0) {
    if (errno == ENOENT)
      return fail(
          Errc::not_found,
          "this key is not there. Put it back from its copy; on a new server alone, run candourd init.");
    return fail(Errc::io, "this key cannot be read. Check the permissions, and who runs this.");
  }
  struct stat status{};
  if (fstat(opened.get(), &status) != 0 || !S_ISREG(status.st_mode) || !fits(status.st_size)) {
    return fail(Errc::malformed, "a key file is not a plain file of 32 bytes. Restore it from its backup.");
  }
  const mode_t forbidden = readers == Readers::owner ? S_IRWXG | S_IRWXO : S_IWGRP | S_IRWXO;
  if ((status.st_mode & forbidden) != 0 || !is_owner_trusted(status.st_uid, file.parent_path())) {
    return fail(Errc::refused,
                "others may read a key file, or another user owns it. Run chmod 600 and chown on it; if "
                "others had access, replace it.");
  }
  SecretBytes content(static_cast<std::size_t>(status.st_size));
  if (read(opened.get(), content.writable().data(), content.size()) != static_cast<ssize_t>(content.size()))
    return fail(Errc::io, "reading a key file failed. Check the disk.");
  return content;
}

Result<Secret<32>> read_key_file(const std::filesystem::path& file, Readers readers) {
  const auto content = read_key_content(file, readers);
  if (!content) return fail(content);
  if (content->size() != kKeyBytes)
    return fail(Errc::malformed, "a key file is not a plain file of 32 bytes. Restore it from its backup.");
  return Secret<32>::copy_of(content->reveal().first<kKeyBytes>());
}

Result<> create_key_content(const std::filesystem::path& file, ByteView content) {
  // Under a provisional name until it is whole: a power cut leaves no half key under the real one.
  auto partial = file;
  partial += ".partial";
  unlink(partial.c_str());
  const Descriptor opened(
      open(partial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (opened.get() < 0)
    return fail(Errc::io, "cannot create a key file. Check that its folder is there and can be written.");
  if (write(opened.get(), content.data(), content.size()) != static_cast<ssize_t>(content.size()) ||
      fsync(opened.get()) != 0) {
    unlink(partial.c_str());
    return fail(Errc::io, "writing a key file failed. Check the disk.");
  }
  const bool named = link(partial.c_str(), file.c_str()) == 0;  // never replaces one
  const bool taken = !named && errno == EEXIST;
  unlink(partial.c_str());
  if (taken) {
    return fail(Errc::conflict,
                "a key file is there already and is not overwritten. Use it, or move it away first.");
  }
  if (!named || !sync_folder(file.parent_path()))
    return fail(Errc::io,
                "writing a key file failed. Check the disk, and whether its folder can be written.");
  return {};
}

Result<Secret<32>> create_key_file(const std::filesystem::path& file) {
  auto key = Secret<32>::make_random();
  if (const auto made = create_key_content(file, key.reveal()); !made) return fail(made);
  return key;
}

}  // namespace candour::server
