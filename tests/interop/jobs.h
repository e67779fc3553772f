// SPDX-License-Identifier: AGPL-3.0-or-later
// A driver is a program of several jobs, each named by its first argument.
#pragma once

#include <fmt/core.h>

#include <initializer_list>
#include <string>
#include <vector>

#include "crypto/core/init.h"
#include "crypto/core/result.h"

namespace candour::interop {

using Arguments = std::vector<std::string>;

struct Job {
  const char* name;
  std::size_t arguments_min;
  int (*run)(const Arguments&);  // the exit status
};

// On stderr; the exit status of a job that failed.
inline int say(const Error& error) {
  fmt::print(stderr, "{}\n", error.message.view());
  return 1;
}

// 2 where there is no such job, or it has too few arguments.
inline int run_job(int argc, char** argv, std::initializer_list<Job> jobs) {
  if (!init_crypto() || argc < 2) return 2;
  const Arguments arguments(argv + 2, argv + argc);
  for (const Job& one : jobs)
    if (std::string(argv[1]) == one.name && arguments.size() >= one.arguments_min) return one.run(arguments);
  return 2;
}

}  // namespace candour::interop
