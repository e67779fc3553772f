// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/files/read_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

#include "client-cli/files/file_failure.h"
#include "client-cli/terminal/visible.h"

namespace candour::cli {
namespace {

Outcome<Descriptor> open_to_read(const std::string& path, int flags) {
  Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | flags));
  if (!fd) return fail_file(path, Access::read);
  return fd;
}

constexpr std::size_t read_bytes = std::size_t{64} << 10;

std::unexpected<Failure> too_large(std::string_view name, std::size_t bytes_max) {
  return fail_with(Errc::too_large,
                   fmt::format("{}: is larger than the {} bytes that it may have. Is this the right file?",
                               visible_line(name), bytes_max));
}

}  // namespace

Outcome<std::size_t> read_full(int fd, std::span<std::uint8_t> buffer, std::string_view name) {
  std::size_t have = 0;
  while (have < buffer.size()) {
    const ssize_t got = ::read(fd, buffer.data() + have, buffer.size() - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail_file(name, Access::read);
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  return have;
}

Outcome<> write_full(int fd, ByteView bytes, std::string_view name) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(fd, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return fail_file(name, Access::write);
    bytes = bytes.subspan(static_cast<std::size_t>(put));
  }
  return {};
}

Outcome<SecretBytes> read_secret(int fd, std::size_t bytes_max, std::string_view name) {
  SecretBytes all(bytes_max + 1);
  auto got = read_full(fd, all.writable(), name);
  if (!got) return fail(got);
  if (*got > bytes_max) return too_large(name, bytes_max);
  all.shrink(*got);
  return all;
}

Outcome<SecretBytes> read_secret_file(const std::string& path, std::size_t bytes_max) {
  auto fd = open_to_read(path, 0);
  if (!fd) return fail(fd);
  return read_secret(fd->get(), bytes_max, path);
}

Outcome<std::string> read_text_file(const std::string& path, std::size_t bytes_max) {
  const auto fd = open_to_read(path, 0);
  if (!fd) return fail(fd);
  // Memory as it is needed: the bound may be far above what is there.
  std::string all;
  Bytes buffer(read_bytes);
  while (all.size() <= bytes_max) {
    const auto got = read_full(fd->get(), buffer, path);
    if (!got) return fail(got);
    all += as_text(ByteView(buffer).first(*got));
    if (*got < buffer.size()) break;
  }
  if (all.size() > bytes_max) return too_large(path, bytes_max);
  return all;
}

Outcome<InputFile> open_input(const std::string& path) {
  auto fd = open_to_read(path, O_NONBLOCK);
  if (!fd) return fail(fd);
  struct stat status{};
  if (::fstat(fd->get(), &status) != 0) return fail_file(path, Access::read);
  if (!S_ISREG(status.st_mode)) {
    return fail_with(
        Errc::refused,
        fmt::format("{}: is not a regular file. Name a file, not a folder or device.", visible_line(path)));
  }
  return InputFile{*std::move(fd), static_cast<std::uint64_t>(status.st_size), path};
}

}  // namespace candour::cli
