// SPDX-License-Identifier: AGPL-3.0-or-later
// How much of something may be had in a minute: a token bucket, for circuits and for caseworkers (docs/spec/http.md). In memory only.
// One thread at a time.
#pragma once

#include <chrono>
#include <cstdint>

namespace candour::server {

// Holds a minute's worth and fills in a minute, whatever is counted. It knows only when it will be full.
class Bucket {
 public:
  using Time = std::chrono::steady_clock::time_point;
  // False, and nothing taken, when it does not hold `cost`; one over a minute's worth needs and takes all of it.
  bool take(std::uint64_t cost, std::uint64_t per_minute, Time now);
  bool is_full(Time now) const { return full_at_ <= now; }

 private:
  Time full_at_{};
};

}  // namespace candour::server
