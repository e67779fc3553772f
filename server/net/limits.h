// SPDX-License-Identifier: AGPL-3.0-or-later
// The bounds of connections (docs/spec/http.md "Bounds", "Circuits"), with the defaults that the specification
// gives.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace candour::server {

// No route takes a larger body whole; up to the second it is a small one, as every report without attachments is.
inline constexpr std::size_t body_bytes_max = std::size_t{1} << 20;
inline constexpr std::size_t small_body_bytes_max = std::size_t{128} << 10;
// Of a body that is taken in pieces (http/body_sink.h): a part of an upload, with the end of the form around it.
inline constexpr std::size_t piece_bytes_max = body_bytes_max + 256;
// No answer that is put together in memory is larger (Route::answer_bytes_max).
inline constexpr std::size_t answer_bytes_max = std::size_t{2} << 20;

struct Limits {
  std::size_t connections_max = 1024;  // on each listener
  std::chrono::seconds idle_max{75};
  std::chrono::seconds head_max{30};  // from its first byte to its last
  // Bodies, in both directions: this many bytes a second, averaged over this window.
  std::uint64_t rate_bytes_per_second_min = 1024;
  std::chrono::seconds rate_window{60};
  // Bodies in memory, all connections together, in each direction. Of what arrives, small ones have three
  // eighths to themselves, so that large ones never keep out a report without attachments.
  std::size_t bodies_bytes_max = std::size_t{32} << 20;
  std::chrono::seconds room_wait_max{60};
  // A body that has waited so long for memory has the slowest shed, unless they all keep this rate.
  std::chrono::seconds room_patience{2};
  std::uint64_t fast_bytes_per_second = std::uint64_t{64} << 10;
  // What one circuit may begin in a minute, where Tor says which circuit it is: far more than one person does.
  std::uint64_t circuit_connections_per_minute = 600;
  std::uint64_t circuit_reports_per_minute = 60;  // reports and uploads begun
  std::uint64_t circuit_drops_per_minute = 60;    // put or erased
  std::uint64_t circuit_bytes_per_minute = std::uint64_t{4} << 30;
  std::uint64_t uploads_per_minute = 600;    // begun, by all together
  std::chrono::seconds drain_max{30};        // how long requests may go on after the order to stop
  std::chrono::seconds drain_answer_max{5};  // and how long, after that, answers may still be missing
};

}  // namespace candour::server
