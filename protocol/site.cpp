// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/site.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "crypto/core/bytes.h"

namespace candour {
namespace {

constexpr std::uint8_t policy_line[] = {
#include "protocol_content_security_policy.inc"
};

constexpr auto types = std::to_array<SiteHeader>({
    {".css", "text/css; charset=utf-8"},
    {".html", "text/html; charset=utf-8"},
    {".ico", "image/x-icon"},
    {".jpg", "image/jpeg"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".png", "image/png"},
    {".svg", "image/svg+xml"},
    {".txt", "text/plain; charset=utf-8"},
    {".webmanifest", "application/manifest+json"},
    {".woff", "font/woff"},
    {".woff2", "font/woff2"},
});

// The page may use microphone and camera, where she asks for it; a listener without pages may use nothing.
constexpr std::string_view permissions =
    "camera=(self), display-capture=(), geolocation=(), microphone=(self), payment=(), usb=()";
constexpr std::string_view no_permissions =
    "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";
// Its frames are its own views of attachments, each of which is sandboxed besides (docs/spec/desk.md "Attachments").
constexpr std::string_view desk_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; "
    "require-trusted-types-for 'script'; trusted-types 'none'";
constexpr std::string_view strict_policy =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'; sandbox";

std::array<SiteHeader, 8> headers(std::string_view policy, std::string_view allowed) {
  return {{{"Content-Security-Policy", policy},
           {"Cache-Control", "no-store"},
           {"Referrer-Policy", "no-referrer"},
           {"X-Content-Type-Options", "nosniff"},
           {"Cross-Origin-Opener-Policy", "same-origin"},
           {"Cross-Origin-Embedder-Policy", "require-corp"},
           {"Cross-Origin-Resource-Policy", "same-origin"},
           {"Permissions-Policy", allowed}}};
}

}  // namespace

std::string_view content_security_policy() {
  const std::string_view line = as_text(policy_line);
  return line.substr(0, line.find('\n'));
}

std::span<const SiteHeader> reporter_headers() {
  static const auto all = headers(content_security_policy(), permissions);
  return all;
}

std::span<const SiteHeader> desk_headers() {
  static const auto all = headers(desk_policy, no_permissions);
  return all;
}

std::span<const SiteHeader> strict_headers() {
  static const auto all = headers(strict_policy, no_permissions);
  return all;
}

std::optional<std::string_view> page_type(std::string_view extension) {
  const auto found = std::ranges::find(types, extension, &SiteHeader::name);
  if (found == types.end()) return std::nullopt;
  return found->value;
}

std::optional<SiteHeader> page_header(std::string_view path) {
  // Where an exit ends: what the browser may have kept of this origin goes. Not "cookies": there are none, and
  // browsers take long over them, for all of the domain.
  if (path == "/leave.html") return SiteHeader{"Clear-Site-Data", "\"cache\", \"storage\""};
  return std::nullopt;
}

}  // namespace candour
