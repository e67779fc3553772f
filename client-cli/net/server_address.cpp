// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/net/server_address.h"

#include <arpa/inet.h>
#include <curl/curl.h>

#include <algorithm>
#include <memory>

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
                               url));
}

}  // namespace

Outcome<ServerAddress> parse_server_address(std::string_view url, std::string_view proxy) {
  if (std::any_of(url.begin(), url.end(), [](char c) { return c <= ' ' || c == 0x7f; }))
    return not_an_address(url);
  while (url.ends_with('/')) url.remove_suffix(1);
  ServerAddress address;
  address.origin = url;
  if (url.starts_with("unix:")) {
    address.unix_socket = url.substr(5);
    address.base_url = "http://localhost";
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
                                                url));
  }
  address.base_url = address.origin;
  if (!proxy.empty()) {
    address.proxy = fmt::format("socks5h://{}", proxy);
  } else if (is_onion(*host)) {
    address.proxy = fmt::format("socks5h://{}", tor_proxy);
  }
  return address;
}

}  // namespace candour::cli
