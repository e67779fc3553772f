// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/net/address.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <optional>

#include "server/http/fields.h"

namespace candour::server {
namespace {

constexpr std::string_view kUnix = "unix:";
constexpr std::size_t kUnixPathBytesMax = 107;  // sockaddr_un.sun_path, less its NUL
constexpr std::uint64_t kPortMax = 65535;

constexpr std::array<std::pair<std::string_view, bool>, 2> kLoopbacks{
    {{"127.0.0.1:", false}, {"[::1]:", true}}};

}  // namespace

Result<Address> parse_address(std::string_view text) {
  if (text.starts_with(kUnix)) {
    const std::string_view path = text.substr(kUnix.size());
    if (!path.starts_with('/') || path.size() > kUnixPathBytesMax) {
      return fail(Errc::malformed,
                  "the socket of a listener is not an absolute path of at most 107 bytes. Write "
                  "unix:/run/candour/NAME.sock.");
    }
    return UnixAddress{std::string(path)};
  }
  for (const auto& [prefix, v6] : kLoopbacks) {
    if (!text.starts_with(prefix)) continue;
    const auto port = parse_decimal(text.substr(prefix.size()));
    if (!port || *port > kPortMax) break;
    return LoopbackAddress{v6, static_cast<std::uint16_t>(*port)};
  }
  return fail(Errc::malformed,
              "a listener may only be 127.0.0.1:PORT, [::1]:PORT or unix:/PATH. Let Tor or a proxy on this "
              "machine connect to it.");
}

std::string encode_address(const Address& address) {
  if (const auto* unix_address = std::get_if<UnixAddress>(&address))
    return fmt::format("unix:{}", unix_address->path);
  const auto& loopback = std::get<LoopbackAddress>(address);
  return fmt::format("http://{}:{}", loopback.v6 ? "[::1]" : "127.0.0.1", loopback.port);
}

}  // namespace candour::server
