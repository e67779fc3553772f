// SPDX-License-Identifier: AGPL-3.0-or-later
// The bounds of connections (docs/spec/http.md "Bounds"), with the defaults that the specification gives.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace candour::server {

struct Limits {
  std::size_t connections_max = 1024;  // on each listener
  std::chrono::seconds idle_max{75};
  std::chrono::seconds head_max{30};  // from its first byte to its last
  // Bodies, in both directions: this many bytes a second, averaged over this window.
  std::uint64_t rate_bytes_per_second_min = 1024;
  std::chrono::seconds rate_window{60};
  // Bodies in memory, all connections together; a connection that finds no room is not read from until there
  // is.
  std::size_t bodies_bytes_max = std::size_t{32} << 20;
  std::chrono::seconds room_wait_max{60};
  // What one circuit may begin in a minute, where Tor says which circuit it is: far more than one person does.
  std::uint64_t circuit_connections_per_minute = 600;
  std::uint64_t circuit_reports_per_minute = 60;  // reports and uploads begun
  std::uint64_t circuit_bytes_per_minute = std::uint64_t{4} << 30;
  std::uint64_t uploads_per_minute = 600;  // begun, by all together
  std::chrono::seconds drain_max{30};      // how long requests may go on after the order to stop
};

}  // namespace candour::server
