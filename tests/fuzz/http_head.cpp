// SPDX-License-Identifier: AGPL-3.0-or-later
// A whole connection's bytes as the session reads them: head after head, bodies skipped. Whatever comes, the parser
// must end, take at most 8 KiB for a head, and give only paths that the router can be asked about.
#include <algorithm>
#include <cstdlib>

#include "crypto/core/bytes.h"
#include "server/http/fields.h"
#include "server/net/head_parser.h"

namespace server = candour::server;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  candour::ByteView rest(data, size);
  while (!rest.empty()) {
    const auto head = server::parse_head(rest);
    if (!head || !*head) {
      if (head && rest.size() >= server::head_bytes_max) std::abort();
      break;
    }
    const server::RequestHead& one = **head;
    if (one.bytes == 0 || one.bytes > std::min(rest.size(), server::head_bytes_max)) std::abort();
    if (!one.request.path.starts_with('/') ||
        one.request.path.find_first_of("%?# \r\n\t\\") != std::string::npos)
      std::abort();
    for (const auto& value :
         {one.request.address, one.request.deletion, one.request.replace, one.request.work})
      if (!value.empty() && !server::is_hex(value, 64)) std::abort();
    static_cast<void>(server::query_value(one.request.query, "after"));
    static_cast<void>(server::parse_range(one.request.range));
    rest = rest.subspan(one.bytes);
    rest = rest.subspan(std::min<std::uint64_t>(one.request.body_bytes, rest.size()));
  }
  return 0;
}
