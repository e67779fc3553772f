// SPDX-License-Identifier: AGPL-3.0-or-later
// From method and path to a plain function. Patterns are literal but for four kinds of places: `{id}` stands
// for 64 lower-case hex digits, `{tag}` for 16, `{number}` for a decimal below 10^6 without leading zeros, `{name}` for the
// id of a desk, so that no handler has to ask whether an id is one. `find` needs the head alone: the connection learns how large a
// body may be, and whether to take it at all, before it reads a byte of it. Filled at start, then only read;
// safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server/http/body_sink.h"
#include "server/http/problem.h"
#include "server/http/request.h"
#include "server/http/response.h"

namespace candour::server {

using Handler = std::function<void(Request, Reply)>;
// The refusals of the connection itself (too large, too much at once, busy), in the words of the route.
using Refuse = Response (*)(Problem);
// Looks at the head before the body is read: a Response refuses, nothing goes on. Must not wait.
using Gate = std::function<std::optional<Response>(const Request&)>;

// Where a body of so many bytes is read to: an empty vector with room for them.
using Buffer = std::function<Bytes(std::size_t)>;

// What a request asks to be kept that was not there before: bounded in number for each circuit. A withdrawal counts as a drop; `companion`
// is what follows each report, two requests.
enum class Begins : std::uint8_t { nothing, report, upload, drop, companion };

struct Route {
  Method method;  // get answers HEAD too
  std::string pattern;
  std::uint64_t body_bytes_max;
  Handler handler;
  Gate gate = nullptr;
  Begins begins = Begins::nothing;
  std::size_t answer_bytes_max = 0;  // of an answer that is put together in memory, where it is no small one
  Sink sink = nullptr;               // takes the body piece by piece; then there is no handler
  Buffer buffer = nullptr;           // without one, new memory
  Refuse refuse = problem;
};

// Who is at the other end of a listener: the browsers of reporters, a caseworker's own on this machine (docs/spec/desk.md), or tools,
// for which there are no pages.
enum class Listens : std::uint8_t { to_reporters, to_desk_page, to_tools };

class Router {
 public:
  explicit Router(Listens listens = Listens::to_tools) : listens_(listens) {}
  Listens listens() const { return listens_; }
  void add(Route route);
  // Fills in `request.captured`. The refusals: not_found, method_not_allowed, those of the gate.
  std::expected<const Route*, Response> find(Request& request) const;

 private:
  Listens listens_;
  std::vector<Route> routes_;
};

}  // namespace candour::server
