// SPDX-License-Identifier: AGPL-3.0-or-later
// Measurements that take turns in one run, so that whatever else the machine does hits all alike; their medians, by the clock and by processor
// time (which tells more on a busy machine).
#pragma once

#include <fmt/core.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <vector>

namespace candour::bench {

struct Contender {
  const char* name;
  std::function<bool()> work;  // false: it failed
  std::vector<double> seconds{};
  std::vector<double> processor_seconds{};
};

inline double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

// Of this process and of the programs that it has run.
inline double processor_seconds() {
  double seconds = 0;
  for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage usage{};
    ::getrusage(who, &usage);
    for (const timeval& t : {usage.ru_utime, usage.ru_stime})
      seconds += static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  }
  return seconds;
}

// False as soon as one fails, which is named.
inline bool race(std::vector<Contender>& contenders, int rounds) {
  for (int round = 0; round < rounds; ++round) {
    for (Contender& one : contenders) {
      const auto start = std::chrono::steady_clock::now();
      const double processor_start = processor_seconds();
      if (!one.work()) {
        fmt::print(stderr, "failed: {}\n", one.name);
        return false;
      }
      one.processor_seconds.push_back(processor_seconds() - processor_start);
      one.seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
  }
  return true;
}

}  // namespace candour::bench
