// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/process/log.h"

#include <poll.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace candour::server {
namespace {

// In one call, so that lines of several threads do not mix. A pipe that nobody reads or that is gone costs
// the line, never the service (harden_process ignores SIGPIPE).
void write_line(std::span<const std::string_view> pieces) {
  pollfd ready{.fd = STDERR_FILENO, .events = POLLOUT, .revents = 0};
  if (poll(&ready, 1, 0) != 1 || (ready.revents & POLLOUT) == 0) return;
  std::array<iovec, 9> parts{};
  std::size_t count = 0;
  for (const std::string_view piece : pieces)
    parts.at(count++) = {const_cast<char*>(piece.data()), piece.size()};
  [[maybe_unused]] const auto written = writev(STDERR_FILENO, parts.data(), static_cast<int>(count));
}

std::string_view name = "candourd";
constexpr std::string_view kAfterName = ": ";
constexpr std::string_view kEnd = "\n";

}  // namespace

void log_as(Literal program) { name = program.view(); }

void log(Literal event) { write_line(std::array{name, kAfterName, event.view(), kEnd}); }

void log(Literal event, const Error& error) {
  write_line(std::array{name, kAfterName, event.view(), std::string_view(": "), error.message.view(), kEnd});
}

void log_ready(std::string_view reporter, std::string_view desk, std::string_view holders) {
  write_line(std::array{name, kAfterName, std::string_view("ready. reporter "), reporter,
                        std::string_view(" desk "), desk,
                        std::string_view(holders.empty() ? "" : " holders "), holders, kEnd});
}

}  // namespace candour::server
