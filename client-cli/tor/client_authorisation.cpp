// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/tor/client_authorisation.h"

#include <fmt/format.h>

#include <cstdint>

#include "crypto/open/identity.h"

namespace candour::cli {
namespace {

constexpr std::string_view kKind = "descriptor:x25519:";
constexpr std::string_view kOnion = ".onion";

}  // namespace

std::string base32(ByteView bytes) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  std::uint32_t waiting = 0;
  unsigned bits = 0;
  for (const std::uint8_t byte : bytes) {
    waiting = (waiting << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet[(waiting >> (bits - 5)) & 31];
  }
  if (bits > 0) text += alphabet[(waiting << (5 - bits)) & 31];
  return text;
}

ClientAuthorisation ClientAuthorisation::make_random() {
  const auto key = open::X25519Identity::make_random();
  return {.secret = base32(key.scalar().reveal()),
          .public_line = fmt::format("{}{}\n", kKind, base32(key.recipient().bytes))};
}

std::string client_line(std::string_view host, std::string_view secret) {
  if (host.ends_with(kOnion)) host.remove_suffix(kOnion.size());
  return fmt::format("{}:{}{}\n", host, kKind, secret);
}

}  // namespace candour::cli
