// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/terminal/passphrase.h"

#include <fcntl.h>
#include <sodium.h>
#include <termios.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

#include "client-cli/files/descriptor.h"
#include "client-cli/files/file_failure.h"
#include "client-cli/files/read_file.h"

namespace candour::cli {
namespace {

// What is asked for, and the option that names a file with it instead.
struct Kind {
  std::string_view name, option;
};
constexpr Kind passphrase{"passphrase", "--passphrase-file"};
constexpr Kind codename{"codename", "--codename-file"};

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
    quiet.c_cc[VEOL] = 3;
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

Outcome<SecretBytes> read_line(int fd, std::string_view name, const Kind& kind) {
  SecretBytes line(passphrase_bytes_max + 1);
  std::size_t size = 0;
  while (true) {
    std::uint8_t byte = 0;
    const ssize_t got = ::read(fd, &byte, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail_file(name, Access::read);
    if (byte == 3) return fail_with(Errc::refused, "stopped. Nothing was changed.");
    if (got == 0 || byte == '\n') break;
    if (size == passphrase_bytes_max) {
      return fail_with(Errc::too_large, fmt::format("{}: a {} has at most {} bytes. Is this the right file?",
                                                    name, kind.name, passphrase_bytes_max));
    }
    line.writable()[size++] = byte;
    sodium_memzero(&byte, 1);
  }
  if (size > 0 && line.reveal()[size - 1] == '\r') --size;
  line.shrink(size);
  if (size == 0)
    return fail_with(
        Errc::refused,
        fmt::format("{}: no {} was given, and nothing was changed. It is the first line; try again.", name,
                    kind.name));
  return line;
}

Outcome<SecretBytes> from_file(const std::string& path, const Kind& kind) {
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!fd) return fail_file(path, Access::read);
  return read_line(fd.get(), path, kind);
}

Outcome<SecretBytes> from_terminal(int tty, std::string_view prompt, const Kind& kind) {
  auto asked = write_full(tty, as_bytes(prompt), "the terminal");
  if (!asked) return fail(asked);
  Outcome<SecretBytes> line = [&]() -> Outcome<SecretBytes> {
    const NoEcho quiet(tty);
    if (!quiet)
      return fail_with(Errc::io,
                       fmt::format("the terminal does not hide what is typed. Use {}.", kind.option));
    return read_line(tty, "the terminal", kind);
  }();
  asked = write_full(tty, as_bytes("\n"), "the terminal");
  if (!asked) return fail(asked);
  return line;
}

Outcome<Descriptor> open_terminal(const Kind& kind) {
  Descriptor tty(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
  if (!tty) {
    return fail_with(Errc::io,
                     fmt::format("there is no terminal to ask for the {}. Use {}.", kind.name, kind.option));
  }
  return tty;
}

Outcome<SecretBytes> ask(std::string_view prompt, const std::string& file, const Kind& kind) {
  if (!file.empty()) return from_file(file, kind);
  auto tty = open_terminal(kind);
  if (!tty) return fail(tty);
  return from_terminal(tty->get(), prompt, kind);
}

bool same(const SecretBytes& a, const SecretBytes& b) {
  return a.size() == b.size() && sodium_memcmp(a.reveal().data(), b.reveal().data(), a.size()) == 0;
}

}  // namespace

Outcome<SecretBytes> ask_passphrase(std::string_view what_for, const std::string& file) {
  return ask(fmt::format("Passphrase of {}: ", what_for), file, passphrase);
}

Outcome<SecretBytes> ask_codename(const std::string& file) { return ask("Codename: ", file, codename); }

Outcome<SecretBytes> choose_passphrase(std::string_view what_for, const std::string& file) {
  Outcome<SecretBytes> first = fail_with(Errc::internal, "");
  if (!file.empty()) {
    first = from_file(file, passphrase);
    if (!first) return first;
  } else {
    auto tty = open_terminal(passphrase);
    if (!tty) return fail(tty);
    first = from_terminal(
        tty->get(), fmt::format("New passphrase for {} (several words are best): ", what_for), passphrase);
    if (!first) return first;
    auto again = from_terminal(tty->get(), "The same again: ", passphrase);
    if (!again) return again;
    if (!same(*first, *again)) return fail_with(Errc::refused, "the two passphrases differ. Try again.");
  }
  if (first->size() < new_passphrase_bytes_min) {
    return fail_with(Errc::refused,
                     fmt::format("the passphrase is too short: whoever copies the file can guess it. "
                                 "Use at least {} characters, best several random words.",
                                 new_passphrase_bytes_min));
  }
  return first;
}

}  // namespace candour::cli
