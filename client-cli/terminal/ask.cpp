// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/terminal/ask.h"

#include <fmt/format.h>

#include <cstdio>
#include <iostream>

namespace candour::cli {

std::string ask_line(std::string_view question) {
  fmt::print("{} ", question);
  (void)std::fflush(stdout);
  std::string line;
  std::getline(std::cin, line);
  if (!std::cin) fmt::print("\n");
  return line;
}

}  // namespace candour::cli
