// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/terminal/line_option.h"

#include "protocol/json.h"

namespace candour::cli {

Outcome<> check_line(std::string_view option, std::string_view value, std::size_t bytes_max) {
  if (value.find_first_not_of(' ') == std::string_view::npos) {
    return fail_with(Errc::malformed,
                     fmt::format("{}: is empty. People will read it: give some words.", option));
  }
  if (value.size() > bytes_max) {
    return fail_with(Errc::too_large,
                     fmt::format("{}: is {} bytes long, {} more than the {} that fit. Shorten it.", option,
                                 value.size(), value.size() - bytes_max, bytes_max));
  }
  if (!json::is_line(value, bytes_max)) {
    return fail_with(
        Errc::malformed,
        fmt::format("{}: must be one line of UTF-8 without control characters. Type it anew.", option));
  }
  return {};
}

}  // namespace candour::cli
