// SPDX-License-Identifier: AGPL-3.0-or-later
// The first bytes of a connection from Tor. What is a line must be one to every reader: written again from
// what was understood, it is the same up to the ports.
#include <cstdlib>
#include <string>

#include <fmt/format.h>

#include "server/net/proxy_header.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const candour::ByteView all(data, size);
  const auto header = candour::server::parse_proxy_header(all);
  if (!header) return 0;
  if (!*header) {
    if (size >= 107) std::abort();
    return 0;
  }
  if ((*header)->bytes > size || (*header)->bytes > 107) std::abort();
  const auto circuit = (*header)->circuit;
  const std::string start =
      fmt::format("PROXY TCP6 fc00:dead:beef:4dad::{:x}:{:x} ::1 ", circuit >> 16U, circuit & 0xffffU);
  const auto line = candour::as_text(all.first((*header)->bytes));
  if (!line.starts_with(start) || !line.ends_with("\r\n")) std::abort();
  // Less than the whole line is not a line yet.
  const auto less = candour::server::parse_proxy_header(all.first((*header)->bytes - 1));
  if (!less || *less) std::abort();
  return 0;
}
