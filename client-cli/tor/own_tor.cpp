// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/tor/own_tor.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>
#include <utility>

#include "client-cli/files/descriptor.h"
#include "client-cli/files/new_file.h"
#include "client-cli/process/program.h"
#include "client-cli/terminal/visible.h"

namespace candour::cli {
namespace {

namespace fs = std::filesystem;
using std::chrono::steady_clock;

constexpr std::chrono::milliseconds look_every{100};
constexpr std::chrono::minutes without_progress_max{3};
constexpr std::chrono::seconds ending_max{5};
// Memory, which reaches a disk only as swap.
constexpr const char* kVolatile = "/dev/shm";
constexpr std::string_view kVolatilePrefix = "candour-";
constexpr const char* kAuthorisation = "/authorisation";
constexpr const char* kLog = "/log";
constexpr const char* kTorrc = "/torrc";
constexpr std::string_view listens = "Opened Socks listener connection (ready) on ";
constexpr std::string_view has_got_to = "Bootstrapped ";

// As torrc takes a value with blanks in it.
std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::unexpected<Failure> fail_folder(const std::string& path) {
  return fail_with(
      Errc::io,
      fmt::format("{}: Tor's folder cannot be made. Make room, or set XDG_STATE_HOME to another.", path));
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// What follows `words` the last time that they are there, up to a blank, '%' or the end of the line; else empty.
std::string_view last_after(std::string_view text, std::string_view words) {
  const auto at = text.rfind(words);
  if (at == text.npos) return {};
  text.remove_prefix(at + words.size());
  return text.substr(0, text.find_first_of(" %\n"));
}

// Its last warning, which says why; else the last line.
std::string last_words(std::string_view log) {
  if (const auto warning = std::max(log.rfind("[warn]") + 1, log.rfind("[err]") + 1); warning > 0) {
    log.remove_prefix(warning - 1);
    log = log.substr(0, log.find('\n'));
  }
  while (log.ends_with('\n') || log.ends_with('.')) log.remove_suffix(1);
  return visible_line(log.substr(log.rfind('\n') + 1)) + '.';
}

// Whoever was killed left these behind.
void remove_leftovers() {
  std::error_code failed;
  for (const auto& one : fs::directory_iterator(kVolatile, failed)) {
    const std::string name = one.path().filename().string();
    pid_t owner = 0;
    if (!name.starts_with(kVolatilePrefix)) continue;
    std::from_chars(name.data() + kVolatilePrefix.size(), name.data() + name.size(), owner);
    if (owner > 0 && kill(owner, 0) != 0 && errno == ESRCH) fs::remove_all(one.path(), failed);
  }
}

}  // namespace

OwnTor::OwnTor(OwnTor&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)),
      volatile_folder_(std::exchange(other.volatile_folder_, {})),
      proxy_(std::move(other.proxy_)) {}

OwnTor::~OwnTor() {
  forget_volatile();
  if (pid_ <= 0) return;
  kill(pid_, SIGTERM);
  const auto until = steady_clock::now() + ending_max;
  while (waitpid(pid_, nullptr, WNOHANG) == 0) {
    if (steady_clock::now() > until) kill(pid_, SIGKILL);
    std::this_thread::sleep_for(look_every);
  }
}

void OwnTor::forget_volatile() {
  std::error_code failed;
  if (!volatile_folder_.empty()) fs::remove_all(volatile_folder_, failed);
  volatile_folder_.clear();
}

Outcome<OwnTor> OwnTor::start(const OwnTorOptions& options,
                              const std::function<void(std::size_t)>& progressed) {
  std::error_code failed;
  fs::create_directories(options.folder, failed);
  if (!failed) fs::permissions(options.folder, fs::perms::owner_all, failed);
  if (failed) return fail_folder(options.folder);
  OwnTor tor;
  if (auto made = tor.make_volatile(options); !made) return fail(made);
  const std::string& folder = tor.volatile_folder_;
  const Descriptor log(
      open((folder + kLog).c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (!log) return fail_folder(folder);
  const auto pid = start_program(
      {"tor", "--defaults-torrc", options.torrc.empty() ? "/dev/null" : options.torrc, "-f", folder + kTorrc},
      log.get(), Group::own);
  if (!pid)
    return fail_with(pid.error().code,
                     pid.error().text +
                         " Install Debian's package tor, or name the SOCKS port of one that runs "
                         "with --proxy.");
  tor.pid_ = *pid;
  if (auto connected = tor.wait_until_connected(progressed); !connected) return fail(connected);
  return tor;
}

Outcome<> OwnTor::make_volatile(const OwnTorOptions& options) {
  remove_leftovers();
  std::string folder =
      fmt::format("{}/{}{}-XXXXXX", kVolatile, kVolatilePrefix, getpid());  // mkdtemp makes a name of it
  if (mkdtemp(folder.data()) == nullptr) return fail_folder(folder);
  volatile_folder_ = folder;
  const std::string authorisation = folder + kAuthorisation;
  if (mkdir(authorisation.c_str(), S_IRWXU) != 0) return fail_folder(authorisation);
  if (!options.authorisation.empty())
    if (auto done = write_new_file(authorisation + "/desk.auth_private", as_bytes(options.authorisation));
        !done)
      return done;
  return write_new_file(
      folder + kTorrc,
      as_bytes(
          fmt::format("DataDirectory {}\nClientOnionAuthDir {}\nLog notice stdout\n"
                      "SocksPort 127.0.0.1:auto\nClientOnly 1\nSafeLogging 1\n__OwningControllerProcess {}\n",
                      quoted(options.folder), quoted(authorisation), getpid())));
}

Outcome<> OwnTor::wait_until_connected(const std::function<void(std::size_t)>& progressed) {
  std::error_code failed;
  std::size_t percent = 0;
  for (auto since = steady_clock::now(); percent < 100;) {
    std::this_thread::sleep_for(look_every);
    const bool has_ended = waitpid(pid_, nullptr, WNOHANG) == pid_;
    const std::string log = text_of(volatile_folder_ + kLog);  // its last words among it
    if (has_ended) {
      pid_ = 0;
      return fail_with(Errc::io,
                       fmt::format("Tor has ended, and said: {} Is another desk open on this computer? Else "
                                   "look at what was given with --torrc.",
                                   last_words(log)));
    }
    std::size_t now = 0;
    const std::string_view digits = last_after(log, has_got_to);
    std::from_chars(digits.data(), digits.data() + digits.size(), now);
    if (now > percent) {
      percent = now;
      since = steady_clock::now();
      progressed(percent);
    } else if (steady_clock::now() - since > without_progress_max) {
      return fail_with(Errc::io,
                       fmt::format("Tor has not connected: it stands at {} %, and said: {} Where Tor is "
                                   "blocked, ask it for bridges and name them in a file: --torrc FILE.",
                                   percent, last_words(log)));
    }
    proxy_ = last_after(log, listens);
    // It says how far it is once it goes by its configuration, and has read what is in there.
    if (!digits.empty()) fs::remove_all(volatile_folder_ + kAuthorisation, failed);
  }
  forget_volatile();
  if (proxy_.empty())
    return fail_with(
        Errc::unsupported,
        "this Tor does not say where it listens. Name the SOCKS port of another one with --proxy.");
  return {};
}

}  // namespace candour::cli
