// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/process/service_manager.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <string>
#include <string_view>

namespace candour::server {
namespace {

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : value;
}

int connect_to_manager() {
  const std::string_view path = environment("NOTIFY_SOCKET");
  sockaddr_un address{};
  if (path.empty() || path.size() >= sizeof(address.sun_path)) return -1;
  address.sun_family = AF_UNIX;
  std::ranges::copy(path, std::begin(address.sun_path));
  if (path.front() == '@') address.sun_path[0] = '\0';  // an abstract name
  const int descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
  if (connect(descriptor, reinterpret_cast<const sockaddr*>(&address), size) == 0) return descriptor;
  if (descriptor >= 0) close(descriptor);
  return -1;
}

std::uint64_t number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : 0;
}

std::chrono::seconds asked_watchdog() {
  const std::string_view whose = environment("WATCHDOG_PID");
  if (!whose.empty() && number(whose) != static_cast<std::uint64_t>(getpid())) return {};
  const std::chrono::microseconds period(static_cast<std::int64_t>(number(environment("WATCHDOG_USEC"))));
  return std::chrono::duration_cast<std::chrono::seconds>(period);
}

// Nobody to tell when telling fails: the manager's own timeout speaks.
void tell(const Descriptor& to, std::string_view state) {
  if (to.get() >= 0) [[maybe_unused]]
    const auto sent = send(to.get(), state.data(), state.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

}  // namespace

ServiceManager::ServiceManager() : socket_(connect_to_manager()), watchdog_(asked_watchdog()) {}

void ServiceManager::ready() { tell(socket_, "READY=1"); }

void ServiceManager::reloading() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();  // CLOCK_MONOTONIC
  tell(socket_, fmt::format("RELOADING=1\nMONOTONIC_USEC={}",
                            std::chrono::duration_cast<std::chrono::microseconds>(now).count()));
}

void ServiceManager::stopping() { tell(socket_, "STOPPING=1"); }
void ServiceManager::alive() { tell(socket_, "WATCHDOG=1"); }

}  // namespace candour::server
