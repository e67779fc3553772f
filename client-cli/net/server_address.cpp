// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/net/server_address.h"

#include <arpa/inet.h>
#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <memory>

#include "client-cli/terminal/visible.h"

namespace candour::cli {
namespace {

constexpr std::string_view tor_proxy = "127.0.0.1:9050";

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

Outcome<std::string> part(CURLU* url, CURLUPart which) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, 0) != CURLUE_OK) return std::string();
  std::string out(text);
  curl_free(text);
  return out;
}

bool is_onion(std::string_view host) { return host.ends_with(".onion"); }

// 127.0.0.1.example.org is not.
bool is_this_machine(const std::string& host) {
  in_addr address{};
  const bool is_loopback = inet_pton(AF_INET, host.c_str(), &address) == 1 && host.starts_with("127.");
  return is_loopback || host == "localhost" || host == "[::1]";
}

std::unexpected<Failure> not_an_address(std::string_view url) {
  return fail_with(Errc::malformed,
                   fmt::format("{}: is not the address of a server. "
                               "It looks like http://….onion, https://example.org or unix:/path.",
                               visible_line(url)));
}

// HOST:PORT, as curl will split it; an IPv6 address in brackets.
bool is_host_and_port(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  const std::string_view host = text.substr(0, colon), digits = text.substr(colon + 1);
  const bool bracketed = host.starts_with('[') && host.ends_with(']') && host.size() > 2;
  const auto is_of_host = [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || (bracketed && (c == ':' || c == '[' || c == ']'));
  };
  unsigned port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  return std::all_of(host.begin(), host.end(), is_of_host) && error == std::errc{} &&
         end == digits.data() + digits.size() && port >= 1 && port <= 65535;
}

}  // namespace

Outcome<ServerAddress> parse_server_address(std::string_view url, std::string_view proxy) {
  if (std::any_of(url.begin(), url.end(), [](char c) { return c <= ' ' || c == 0x7f; }))
    return not_an_address(url);
  if (!proxy.empty() && !is_host_and_port(proxy)) {
    return fail_with(Errc::malformed,
                     fmt::format("--proxy {}: is not HOST:PORT with a port from 1 to 65535. For Tor on "
                                 "this machine it is 127.0.0.1:9050.",
                                 visible_line(proxy)));
  }
  while (url.ends_with('/')) url.remove_suffix(1);
  ServerAddress address;
  address.origin = url;
  if (url.starts_with("unix:")) {
    address.unix_socket = url.substr(5);
    address.base_url = "http://localhost";
    address.is_here = true;
    if (!address.unix_socket.starts_with('/')) return not_an_address(url);
    return address;
  }
  const std::unique_ptr<CURLU, FreeUrl> parsed(curl_url());
  if (!parsed) throw std::bad_alloc();
  if (curl_url_set(parsed.get(), CURLUPART_URL, address.origin.c_str(), CURLU_DISALLOW_USER) != CURLUE_OK) {
    return not_an_address(url);
  }
  const auto scheme = part(parsed.get(), CURLUPART_SCHEME);
  const auto host = part(parsed.get(), CURLUPART_HOST);
  const auto path = part(parsed.get(), CURLUPART_PATH);
  const auto query = part(parsed.get(), CURLUPART_QUERY);
  const auto fragment = part(parsed.get(), CURLUPART_FRAGMENT);
  if ((*scheme != "http" && *scheme != "https") || host->empty() || (!path->empty() && *path != "/") ||
      !query->empty() || !fragment->empty()) {
    return not_an_address(url);
  }
  if (*scheme == "http" && !is_onion(*host) && !is_this_machine(*host)) {
    return fail_with(Errc::refused, fmt::format("{}: plain http is open to everybody on the way. "
                                                "Use the .onion address, or https.",
                                                visible_line(url)));
  }
  address.base_url = address.origin;
  if (is_onion(*host)) address.onion = *host;
  address.is_here = is_this_machine(*host);
  if (!proxy.empty()) {
    address.proxy = fmt::format("socks5h://{}", proxy);
  } else if (is_onion(*host)) {
    address.proxy = fmt::format("socks5h://{}", tor_proxy);
  }
  return address;
}

}  // namespace candour::cli
