// SPDX-License-Identifier: AGPL-3.0-or-later
// Requests to one Candour server over libcurl. Small answers come back whole, within a bound; large ones
// are handed on as they arrive. Redirects are refused (nobody but the server that was named gets to see
// anything), no cookie, no user agent, no proxy from the environment; TLS is verified. Through Tor each
// client object has circuits of its own. Requests that a broken circuit spoilt are sent again, which every
// resource in docs/spec/http.md allows. Used by one thread at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "client-cli/net/server_address.h"
#include "client-cli/outcome.h"
#include "crypto/core/bytes.h"

namespace candour::cli {

struct HttpRequest {
  std::string method;
  std::string path;
  std::vector<std::string> headers = {};  // "Name: value"
  ByteView body = {};
};

struct HttpReply {
  long status = 0;
  std::string content_type;
  std::vector<std::pair<std::string, std::string>> headers =
      {};  // names in lower case, in the order of the answer
  Bytes body;
  bool ok() const { return status >= 200 && status < 300; }
};

class HttpClient {
 public:
  explicit HttpClient(const ServerAddress& server);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // Any status is an answer; a failure is only that there was none. An answer over the bound is a failure.
  Outcome<HttpReply> send(const HttpRequest& request, std::size_t reply_bytes_max = 65'536);

  // GETs `path` and hands the body to `sink` in order, once each byte, continuing with Range after a broken
  // circuit. The sink's own failure ends it. A reply other than 2xx is returned as send() would.
  using Sink = std::function<Outcome<>(ByteView)>;
  Outcome<HttpReply> download(const HttpRequest& request, const Sink& sink);

  // How often and how patiently.
  void set_retries(int attempts_max, std::chrono::milliseconds first_pause);
  // Asked about once a second while an answer is waited for: true gives it up.
  void stop_when(std::function<bool()> is_over);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace candour::cli
