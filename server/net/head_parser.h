// SPDX-License-Identifier: AGPL-3.0-or-later
// From bytes of a connection to the head of a request. The grammar is Beast's; what this server asks beyond
// it is here: exactly one Host, no Transfer-Encoding at all (so that no two readers can disagree where a
// request ends: request smuggling), at most one of every header that means something, 8 KiB for everything.
// No sockets, no state between requests. Spec: docs/spec/http.md "Bounds".
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>

#include "crypto/core/bytes.h"
#include "server/http/problem.h"
#include "server/http/request.h"

namespace candour::server {

inline constexpr std::size_t head_bytes_max = std::size_t{8} << 10;

struct RequestHead {
  Request request;    // without captures and body
  std::size_t bytes;  // of the head; the body begins here
  bool keep_alive;
  bool expects_continue;
};

// Nothing (but no refusal) while the head is not whole. After a refusal the connection must be closed: nobody
// knows where the next request would begin.
std::expected<std::optional<RequestHead>, Problem> parse_head(ByteView so_far);

}  // namespace candour::server
