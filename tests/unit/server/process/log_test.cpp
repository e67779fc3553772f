// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/process/log.h"

#include <fcntl.h>
#include <unistd.h>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <csignal>
#include <string>

using namespace candour;
using namespace candour::server;

namespace {

// What `act` writes to stderr goes to `descriptor` meanwhile.
template <class Act>
void with_stderr(int descriptor, Act act) {
  const int kept = dup(STDERR_FILENO);
  REQUIRE(dup2(descriptor, STDERR_FILENO) == STDERR_FILENO);
  act();
  dup2(kept, STDERR_FILENO);
  close(kept);
}

struct Pipe {
  Pipe() { REQUIRE(pipe2(ends.data(), O_NONBLOCK) == 0); }
  ~Pipe() {
    for (const int end : ends)
      if (end >= 0) close(end);
  }
  std::string read() {
    std::array<char, 400> bytes{};
    const auto count = ::read(ends[0], bytes.data(), bytes.size());
    return {bytes.data(), static_cast<std::size_t>(count < 0 ? 0 : count)};
  }
  std::array<int, 2> ends{-1, -1};
};

constexpr Error kError{Errc::io, "the disk is full. Free some space."};

}  // namespace

TEST_CASE("a line is the event, and the error's words") {
  Pipe pipe;
  with_stderr(pipe.ends[1], [] {
    log("stopped");
    log("failed", kError);
    log_ready("http://127.0.0.1:1", "http://127.0.0.1:2", "");
    log_ready("http://127.0.0.1:1", "http://127.0.0.1:2", "unix:/h");
  });
  CHECK(pipe.read() ==
        "candourd: stopped\n"
        "candourd: failed: the disk is full. Free some space.\n"
        "candourd: ready. reporter http://127.0.0.1:1 desk http://127.0.0.1:2\n"
        "candourd: ready. reporter http://127.0.0.1:1 desk http://127.0.0.1:2 holders unix:/h\n");
}

TEST_CASE("a full pipe, one without a reader, a full disk: the line is lost and nothing else") {
  std::signal(SIGPIPE, SIG_IGN);
  Pipe full;
  REQUIRE(fcntl(full.ends[1], F_SETFL, 0) == 0);  // a write would wait for ever
  REQUIRE(fcntl(full.ends[1], F_SETPIPE_SZ, 4096) == 4096);
  const std::string page(4096, 'x');
  REQUIRE(write(full.ends[1], page.data(), page.size()) == 4096);
  with_stderr(full.ends[1], [] { log("failed", kError); });

  Pipe gone;
  close(gone.ends[0]);
  gone.ends[0] = -1;
  with_stderr(gone.ends[1], [] { log("failed", kError); });

  const int disk = open("/dev/full", O_WRONLY | O_CLOEXEC);
  REQUIRE(disk >= 0);
  with_stderr(disk, [] { log("failed", kError); });
  close(disk);
}
