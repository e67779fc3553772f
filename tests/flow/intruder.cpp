// SPDX-License-Identifier: AGPL-3.0-or-later
// What somebody's code inside a running candourd can do: put there with LD_PRELOAD, and asked by signals.
//   SIGUSR1: a socket to the outside   SIGUSR2: another program   SIGURG: a connection
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstddef>

namespace {

template <std::size_t size>
void say(const char (&words)[size]) {
  static_cast<void>(!write(STDERR_FILENO, words, size - 1));
}

void open_socket(int) {
  const int saved = errno;
  if (socket(AF_INET, SOCK_STREAM, 0) >= 0)
    say("intruder: a socket\n");
  else
    say("intruder: no socket\n");
  errno = saved;
}

void run_program(int) {
  char path[] = "/bin/true";
  char* arguments[] = {path, nullptr};
  execve(path, arguments, nullptr);
  say("intruder: alive after execve\n");
}

void connect_out(int) {
  const sockaddr address{.sa_family = AF_INET, .sa_data = {}};
  static_cast<void>(connect(-1, &address, sizeof address));
  say("intruder: alive after connect\n");
}

[[gnu::constructor]] void settle() {
  std::signal(SIGUSR1, open_socket);
  std::signal(SIGUSR2, run_program);
  std::signal(SIGURG, connect_out);
}

}  // namespace
