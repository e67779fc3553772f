// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/net/proxy_header.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace candour::server {
namespace {

// "PROXY TCP6 fc00:dead:beef:4dad::HIGH:LOW ::1 PORT PORT\r\n"; HIGH and LOW are the halves of the circuit.
constexpr std::string_view kStart = "PROXY TCP6 fc00:dead:beef:4dad::";
constexpr std::string_view kTo = "::1";
constexpr std::size_t kBytesMax = 107;  // of any such line, by the protocol

// A number without sign, blanks, leading zeros or capitals; nothing if it is above `max`.
std::optional<std::uint32_t> number(std::string_view text, int base, std::uint32_t max) {
  if (text.empty() || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  if (std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'F'; })) return std::nullopt;
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end != text.data() + text.size() || value > max) return std::nullopt;
  return value;
}

std::string_view take_until(std::string_view& rest, char end) {
  const std::size_t at = std::min(rest.find(end), rest.size());
  const std::string_view taken = rest.substr(0, at);
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return taken;
}

std::unexpected<Error> no_circuit() {
  return fail(Errc::malformed,
              "a connection does not begin with Tor's PROXY line. Set HiddenServiceExportCircuitID haproxy.");
}

}  // namespace

Result<std::optional<ProxyHeader>> parse_proxy_header(ByteView so_far) {
  const std::string_view text = as_text(so_far.first(std::min(so_far.size(), kBytesMax)));
  if (!text.starts_with(kStart.substr(0, text.size()))) return no_circuit();
  const std::size_t end = text.find("\r\n");
  if (end == std::string_view::npos) {
    if (text.size() == kBytesMax) return no_circuit();
    return std::optional<ProxyHeader>();
  }
  if (end < kStart.size()) return no_circuit();
  std::string_view rest = text.substr(kStart.size(), end - kStart.size());
  constexpr std::uint32_t sixteen_bits = 0xffff;
  const auto high = number(take_until(rest, ':'), 16, sixteen_bits);
  const auto low = number(take_until(rest, ' '), 16, sixteen_bits);
  const bool to_us = take_until(rest, ' ') == kTo;
  const auto from_port = number(take_until(rest, ' '), 10, sixteen_bits);
  const auto to_port = number(rest, 10, sixteen_bits);
  if (!high || !low || !to_us || !from_port || !to_port) return no_circuit();
  return std::optional(ProxyHeader{.circuit = *high << 16U | *low, .bytes = end + 2});
}

}  // namespace candour::server
