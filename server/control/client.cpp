// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/control/client.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>

#include "server/control/routes.h"
#include "server/http/fields.h"
#include "server/process/descriptor.h"

namespace candour::server {
namespace {

constexpr std::string_view kVersion = "HTTP/1.1 ";
constexpr std::size_t kStatusDigits = 3;
constexpr Literal kBroken = "the server ended the conversation. Look at what it logged, and try again.";

bool send_all(int peer, ByteView bytes) {
  while (!bytes.empty()) {
    const auto count = send(peer, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace

Result<std::uint16_t> ask_server(const std::filesystem::path& data, std::string_view method,
                                 std::string_view path, ByteView body) {
  const std::string name = (data / kControlSocket).string();
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (name.size() >= sizeof(address.sun_path))
    return fail(Errc::malformed,
                "the path of the data folder is too long for a socket. Choose a shorter one.");
  std::ranges::copy(name, std::begin(address.sun_path));
  const Descriptor peer(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (connect(peer.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    if (errno == ENOENT || errno == ECONNREFUSED) return fail(Errc::not_found, "no server runs on this data");
    return fail(Errc::io, "cannot reach the server's control socket. Run this as its user, or as root.");
  }
  const std::string head =
      fmt::format("{} {} HTTP/1.1\r\nHost: control\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
                  method, path, body.size());
  if (!send_all(peer.get(), as_bytes(head)) || !send_all(peer.get(), body)) return fail(Errc::io, kBroken);
  std::array<char, kVersion.size() + kStatusDigits> start{};
  if (recv(peer.get(), start.data(), start.size(), MSG_WAITALL) != static_cast<ssize_t>(start.size()))
    return fail(Errc::io, kBroken);
  const std::string_view answer(start.data(), start.size());
  const auto status = parse_decimal(answer.substr(kVersion.size()));
  if (!answer.starts_with(kVersion) || !status) return fail(Errc::io, kBroken);
  return static_cast<std::uint16_t>(*status);
}

}  // namespace candour::server
