// SPDX-License-Identifier: AGPL-3.0-or-later
#include "terminal/hidden_line.h"

#include <fcntl.h>
#include <sodium.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace candour {
namespace {

constexpr std::uint8_t kCtrlC = 3;

class Terminal {
 public:
  Terminal() : fd_(open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)) {}
  ~Terminal() {
    if (fd_ >= 0) close(fd_);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  int fd() const { return fd_; }
  bool put(std::string_view text) const {
    return write(fd_, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  }

 private:
  int fd_;
};

// Echo is off while this lives. The signals that a key press can send are held back, because a shell that
// comes back without echo is a small disaster of its own; they are delivered when echo is on again.
class NoEcho {
 public:
  explicit NoEcho(int tty) : tty_(tty) {
    sigset_t held;
    sigemptyset(&held);
    for (const int signal : {SIGINT, SIGTERM, SIGQUIT, SIGTSTP, SIGHUP}) sigaddset(&held, signal);
    pthread_sigmask(SIG_BLOCK, &held, &before_mask_);
    if (tcgetattr(tty_, &before_) != 0) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);
    quiet.c_lflag |= ICANON;
    // Ctrl-C and Ctrl-D end the line instead, and an empty line means "never mind".
    quiet.c_cc[VEOL] = kCtrlC;
    ok_ = tcsetattr(tty_, TCSAFLUSH, &quiet) == 0;
  }
  ~NoEcho() {
    if (ok_) tcsetattr(tty_, TCSAFLUSH, &before_);
    pthread_sigmask(SIG_SETMASK, &before_mask_, nullptr);
  }
  NoEcho(const NoEcho&) = delete;
  NoEcho& operator=(const NoEcho&) = delete;
  explicit operator bool() const { return ok_; }

 private:
  int tty_;
  bool ok_ = false;
  termios before_{};
  sigset_t before_mask_{};
};

}  // namespace

Result<SecretBytes> read_hidden_line(int fd, std::size_t bytes_max) {
  SecretBytes line(bytes_max + 1);
  std::size_t size = 0;
  while (true) {
    std::uint8_t byte = 0;
    const ssize_t got = read(fd, &byte, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(Errc::io, "the line cannot be read. Try again.");
    if (byte == kCtrlC) return fail(Errc::refused, "stopped. Nothing was changed.");
    if (got == 0 || byte == '\n') break;
    if (size == bytes_max) return fail(Errc::too_large, "the line is too long. Type it again.");
    line.writable()[size++] = byte;
    sodium_memzero(&byte, 1);
  }
  if (size > 0 && line.reveal()[size - 1] == '\r') --size;
  line.shrink(size);
  if (size == 0) return fail(Errc::malformed, "the line is empty, and nothing was changed. Try again.");
  return line;
}

Result<SecretBytes> ask_hidden_line(std::string_view prompt, std::size_t bytes_max) {
  constexpr auto lost = [] { return fail(Errc::io, "the terminal is gone. Try again."); };
  const Terminal terminal;
  if (terminal.fd() < 0) return fail(Errc::not_found, "there is no terminal to ask. Run this on one.");
  if (!terminal.put(prompt)) return lost();
  auto line = [&]() -> Result<SecretBytes> {
    const NoEcho quiet(terminal.fd());
    if (!quiet) return fail(Errc::unsupported, "the terminal does not hide what is typed. Use another one.");
    return read_hidden_line(terminal.fd(), bytes_max);
  }();
  if (!terminal.put("\n")) return lost();
  return line;
}

}  // namespace candour
