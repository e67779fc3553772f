// SPDX-License-Identifier: AGPL-3.0-or-later
// Who is told how it goes while the cases are brought up to date: a terminal, or the desk page. Called on the thread that works.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "client-cli/terminal/say.h"

namespace candour::cli {

struct DeskWatch {
  // What could not be opened, what is no longer there: the rest goes on.
  std::function<void(const std::string&)> warned = [](const std::string& words) { warn("{}", words); };
  // So many of so many are done; `of` is 0 where that is not known. `step`: docs/spec/desk.md "Requests".
  std::function<void(std::string_view step, std::size_t done, std::size_t of)> progressed =
      [](std::string_view, std::size_t, std::size_t) {};
};

}  // namespace candour::cli
