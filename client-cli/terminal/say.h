// SPDX-License-Identifier: AGPL-3.0-or-later
// What a command prints: results on stdout, warnings and progress on stderr, so that a pipe gets only the
// result. Untrusted text goes through visible_line() first. Failures to write show when run() flushes.
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

#include "protocol/json.h"

namespace candour::cli {

inline void put(std::FILE* where, std::string_view text) {
  (void)std::fwrite(text.data(), 1, text.size(), where);
}

// One line of the result.
template <class... T>
void say(fmt::format_string<T...> format, T&&... values) {
  put(stdout, fmt::format(format, std::forward<T>(values)...) + "\n");
}

// The result of --json: one line.
inline void say_json(json::Object object) {
  put(stdout, json::encode({std::move(object)}, json::Layout::compact) + "\n");
}

// Something that the user should know before going on. What was said so far comes first, also where both go into one
// file.
template <class... T>
void warn(fmt::format_string<T...> format, T&&... values) {
  (void)std::fflush(stdout);
  put(stderr, "candour: warning: " + fmt::format(format, std::forward<T>(values)...) + "\n");
}

}  // namespace candour::cli
