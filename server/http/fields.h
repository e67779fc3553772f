// SPDX-License-Identifier: AGPL-3.0-or-later
// Small grammars inside a request: the target, the query, `Range: bytes=N-`. All strict; what is not of the
// form is an error, never a guess. No percent-encoding is ever decoded: no address of this server needs any,
// and so no
// "..%2f" can mean something to one layer and something else to the next.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/core/result.h"

namespace candour::server {

struct Target {
  std::string path;
  std::string query;
};
// Origin form only (RFC 9112, 3.2.1): a path of letters, digits, "-._/" and an optional query of those and
// "=&".
Result<Target> parse_target(std::string_view target);

// The value of `name` in "a=1&b=2"; nothing if it is not there or there twice.
std::optional<std::string_view> query_value(std::string_view query, std::string_view name);

// A decimal without sign, blanks or leading zeros, at most 18 digits.
// Exactly so many hex digits, in lower case.
bool is_hex(std::string_view text, std::size_t digits);

std::optional<std::uint64_t> parse_decimal(std::string_view text);

// The N of "bytes=N-"; nothing for any other form (RFC 9110, 14.2: a range that is not understood is
// ignored).
std::optional<std::uint64_t> parse_range(std::string_view range);

}  // namespace candour::server
