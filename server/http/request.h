// SPDX-License-Identifier: AGPL-3.0-or-later
// A request as the handlers see it: method, path, the headers that mean something here, and the whole
// body. It knows nothing of sockets, so that handlers can be tested without one, and it has no place for an
// address, a user agent or a time: what is not here cannot be stored or logged. Spec: docs/spec/http.md.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "crypto/core/bytes.h"

namespace candour::server {

enum class Method : std::uint8_t { get, head, put, post, delete_, other };

struct Request {
  Method method = Method::other;
  std::string path = {};   // as sent: starts with '/', holds no '%', '?' or control character
  std::string query = {};  // what followed '?', as sent
  std::array<std::string, 2> captured = {};  // what the places of the route's pattern stood for
  std::string audience = {};                 // Candour-Audience
  std::string authorization = {};            // Authorization
  std::string range = {};                    // Range
  // Each 64 hex digits in lower case, or empty where it was not sent: Candour-Address, -Deletion, -Replace, -Work.
  std::string address = {};
  std::string deletion = {};
  std::string replace = {};
  std::string work = {};
  std::string content_type = {};  // Content-Type
  std::string host = {};          // Host
  std::string origin = {};        // Origin
  std::string fetch_site = {};    // Sec-Fetch-Site: whose page made a browser send this
  std::uint64_t body_bytes = 0;   // as announced, before the body is there
  Bytes body = {};
};

}  // namespace candour::server
