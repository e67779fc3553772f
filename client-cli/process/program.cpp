// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/process/program.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "client-cli/files/descriptor.h"

namespace candour::cli {
namespace {

constexpr std::size_t output_bytes_max = std::size_t{64} << 10;
constexpr int signal_base = 128;

std::string read_to_end(int fd) {
  std::string all;
  std::array<char, 4096> some{};
  while (true) {
    const ssize_t got = ::read(fd, some.data(), some.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return all;
    all.append(some.data(), std::min(static_cast<std::size_t>(got), output_bytes_max - all.size()));
  }
}

}  // namespace

Outcome<pid_t> start_program(std::vector<std::string> arguments, int output, Group group) {
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&files, output, STDERR_FILENO);
  posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, group == Group::own ? POSIX_SPAWN_SETPGROUP : 0);  // of its own id
  pid_t pid = 0;
  const int error = posix_spawnp(&pid, pointers[0], &files, &attributes, pointers.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  if (error == ENOENT)
    return fail_with(Errc::not_found,
                     fmt::format("{}: there is no such program on this machine.", arguments[0]));
  if (error != 0)
    return fail_with(Errc::io,
                     fmt::format("{}: cannot be started ({}).", arguments[0], std::strerror(error)));
  return pid;
}

Outcome<ProgramEnd> run_program(std::vector<std::string> arguments) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0)
    return fail_with(Errc::io, "no pipe can be made: too many files are open.");
  const Descriptor from(ends[0]);
  Descriptor to(ends[1]);
  const auto pid = start_program(std::move(arguments), to.get());
  to.close();
  if (!pid) return fail(pid);
  ProgramEnd end{.output = read_to_end(from.get())};
  int status = 0;
  while (waitpid(*pid, &status, 0) < 0 && errno == EINTR) {
  }
  end.status = WIFEXITED(status) ? WEXITSTATUS(status) : signal_base + WTERMSIG(status);
  return end;
}

}  // namespace candour::cli
