// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/files/read_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace candour::cli {
namespace {

std::unexpected<Failure> fail_errno(const std::string& path) {
  return fail_with(errno == ENOENT ? Errc::not_found : Errc::io,
                   fmt::format("{}: {}", path, std::strerror(errno)));
}

}  // namespace

Outcome<std::size_t> read_full(int fd, std::span<std::uint8_t> buffer) {
  std::size_t have = 0;
  while (have < buffer.size()) {
    const ssize_t got = ::read(fd, buffer.data() + have, buffer.size() - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0)
      return fail_with(Errc::io, fmt::format("the input cannot be read: {}", std::strerror(errno)));
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  return have;
}

Outcome<> write_full(int fd, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(fd, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) {
      return fail_with(Errc::io, fmt::format("the output cannot be written: {}", std::strerror(errno)));
    }
    bytes = bytes.subspan(static_cast<std::size_t>(put));
  }
  return {};
}

Outcome<Bytes> read_all(int fd, std::size_t bytes_max) {
  Bytes all;
  constexpr std::size_t step = 65536;
  while (all.size() <= bytes_max) {
    const std::size_t before = all.size();
    all.resize(before + std::min(step, bytes_max - before + 1));
    auto got = read_full(fd, std::span(all).subspan(before));
    if (!got) return fail(got);
    all.resize(before + *got);
    if (*got == 0) return all;
  }
  return fail_with(Errc::too_large, fmt::format("larger than the {} bytes that are allowed here", bytes_max));
}

Outcome<Bytes> read_file(const std::string& path, std::size_t bytes_max) {
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!fd) return fail_errno(path);
  auto all = read_all(fd.get(), bytes_max);
  if (!all) return fail_about(path, all);
  return all;
}

Outcome<std::string> read_text_file(const std::string& path, std::size_t bytes_max) {
  auto all = read_file(path, bytes_max);
  if (!all) return fail(all);
  return std::string(as_text(*all));
}

Outcome<InputFile> open_input(const std::string& path) {
  InputFile file{Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)), 0, path};
  if (!file.fd) return fail_errno(path);
  struct stat status{};
  if (::fstat(file.fd.get(), &status) != 0) return fail_errno(path);
  if (!S_ISREG(status.st_mode)) {
    return fail_with(Errc::refused,
                     fmt::format("{}: is not a regular file. Name a file, not a folder or device.", path));
  }
  file.bytes = static_cast<std::uint64_t>(status.st_size);
  return file;
}

}  // namespace candour::cli
