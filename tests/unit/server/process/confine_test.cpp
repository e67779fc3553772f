// SPDX-License-Identifier: AGPL-3.0-or-later
// Each in a process of its own, as nothing of this can be taken back.
#include "server/process/confine.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>

#include "tests/temporary_folder.h"

using namespace candour::server;
namespace fs = std::filesystem;

namespace {

constexpr int kFine = 0;
constexpr int kWrong = 1;
constexpr int kNoSupport = 2;

// The exit status of a child, or minus the signal that ended it.
int in_child(const std::function<int()>& body) {
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) _exit(body());
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

bool opens(const fs::path& file, int how) {
  const int opened = open(file.c_str(), how | O_CLOEXEC, 0600);
  if (opened >= 0) close(opened);
  return opened >= 0;
}

struct Folders {
  Folders() {
    for (const char* name : {"read", "write", "sockets", "other"}) {
      fs::create_directory(top / name);
      std::ofstream(top / name / "file") << "x";
    }
  }
  Reach reach() const {
    return {.read = {top / "read", "/dev/null"},
            .read_write = {top / "write"},
            .make_sockets = {top / "sockets"}};
  }
  candour::test::TemporaryFolder folder;
  const fs::path& top = folder.path();
};

int after_filter(const std::function<int()>& body) {
  return in_child([&] { return confine_calls() ? body() : kNoSupport; });
}

}  // namespace

TEST_CASE("only the named files are within reach") {
  CHECK(has_landlock() == (syscall(SYS_landlock_create_ruleset, nullptr, 0, 1U) > 0));
  const Folders at;
  const int outcome = in_child([&] {
    if (!confine_files(at.reach())) return kWrong;
    const bool allowed =
        opens(at.top / "read/file", O_RDONLY) && opens("/dev/null", O_RDONLY) &&
        opens(at.top / "write/file", O_RDWR) && opens(at.top / "write/new", O_RDWR | O_CREAT) &&
        unlink((at.top / "write/new").c_str()) == 0 && opens(at.top / "write", O_RDONLY | O_DIRECTORY);
    const bool more =
        opens(at.top / "read/file", O_WRONLY) || opens(at.top / "read/new", O_WRONLY | O_CREAT) ||
        opens(at.top / "other/file", O_RDONLY) || opens("/etc/passwd", O_RDONLY) ||
        opens(at.top / "sockets/new", O_WRONLY | O_CREAT) || unlink((at.top / "read/file").c_str()) == 0 ||
        mkdir((at.top / "write/folder").c_str(), 0700) == 0 ||
        symlink("/etc/passwd", (at.top / "write/link").c_str()) == 0;
    return allowed && (!more || !has_landlock()) ? kFine : kWrong;
  });
  CHECK(outcome == kFine);
}

TEST_CASE("a place that is not there is an error, not a wider reach") {
  if (has_landlock())
    CHECK(in_child([] {
            return confine_files({.read = {"/nowhere"}, .read_write = {}, .make_sockets = {}}) ? kWrong
                                                                                               : kFine;
          }) == kFine);
}

TEST_CASE("no capability is left, to root neither") {
  CHECK(in_child([] {
          if (!drop_capabilities()) return kWrong;
          std::ifstream status("/proc/self/status");
          int seen = 0;
          for (std::string line; std::getline(status, line);) {
            if (!line.starts_with("CapEff:") && !line.starts_with("CapPrm:") && !line.starts_with("CapInh:"))
              continue;
            ++seen;
            if (line.find_first_not_of("0", line.find('\t') + 1) != line.npos) return kWrong;
          }
          return seen == 3 ? kFine : kWrong;
        }) == kFine);
}

TEST_CASE("the filter leaves what serving takes") {
  const Folders at;
  CHECK(after_filter([&] {
          bool fine = opens(at.top / "write/file", O_RDWR) && getpid() > 0;
          std::thread([&fine] { fine = fine && gettid() != getpid(); }).join();
          void* memory = mmap(nullptr, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
          fine = fine && memory != MAP_FAILED && munmap(memory, 1 << 20) == 0;
          return fine ? kFine : kWrong;
        }) == kFine);
}

TEST_CASE("the filter refuses what serving never takes") {
  CHECK(after_filter([] {
          const auto refused = [](long outcome) { return outcome == -1 && errno == ENOSYS; };
          const bool all =
              refused(socket(AF_INET, SOCK_STREAM, 0)) && refused(socket(AF_UNIX, SOCK_STREAM, 0)) &&
              refused(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0)) && refused(kill(getpid(), 0)) &&
              refused(chdir("/")) && refused(syscall(SYS_prctl, 4, 1, 0, 0, 0)) &&
              mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED;
          return all ? kFine : kWrong;
        }) == kFine);
}

TEST_CASE("what only an intruder would try ends the process, from any thread") {
  const auto runs_a_program = [] {
    execl("/bin/true", "true", nullptr);
    return kWrong;
  };
  CHECK(after_filter(runs_a_program) == -SIGSYS);
  CHECK(after_filter([&] {
          std::thread(runs_a_program).join();
          return kWrong;
        }) == -SIGSYS);
  CHECK(after_filter([] { return connect(0, nullptr, 0) == 0 ? kFine : kWrong; }) == -SIGSYS);
  CHECK(after_filter([] { return syscall(SYS_ptrace, 0, 0, 0, 0) == 0 ? kFine : kWrong; }) == -SIGSYS);
}

TEST_CASE("the filter reaches threads that are there already") {
  CHECK(in_child([] {
          int go[2];
          if (pipe(go) != 0) return kWrong;
          std::thread early([&go] {
            char ready = 0;
            (void)!read(go[0], &ready, 1);
            execl("/bin/true", "true", nullptr);
          });
          if (!confine_calls()) return kNoSupport;
          (void)!write(go[1], "x", 1);
          early.join();
          return kWrong;
        }) == -SIGSYS);
}
