// SPDX-License-Identifier: AGPL-3.0-or-later
// One connection: reads requests one after the other, asks the router, hands the body to a handler, writes
// what it answers. A coroutine on the loop's thread; the handler may answer from any other. It keeps nothing
// about the peer, not even its address. What the connection is waiting for, and since when, is open to the
// sweep (server.cpp), which once a second closes those that are overdue: one clock for thousands of
// connections.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/generic/stream_protocol.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>

#include "crypto/core/bytes.h"
#include "server/http/router.h"
#include "server/net/head_parser.h"
#include "server/net/limits.h"
#include "server/net/pace.h"
#include "server/net/proxy_header.h"
#include "server/net/room.h"

namespace candour::server {

using Clock = std::chrono::steady_clock;
using Socket = boost::asio::generic::stream_protocol::socket;

// What the sessions of one server share.
struct Shared {
  const Limits& limits;
  Pace& pace;
  Room& incoming;
  Room& outgoing;
  Bytes scratch;  // where everything is first read to: an idle connection owns no buffer
  bool stopping = false;
};

class Session {
 public:
  enum class Waiting : std::uint8_t {
    idle,     // for a request
    head,     // for the rest of a head
    body,     // for the peer: to send or to take a body
    handler,  // for ourselves: room, an answer
    goodbye,  // for the peer to read the last answer before the connection closes
  };

  Session(Socket socket, Preamble preamble, const Router& router, Shared& shared)
      : socket_(std::move(socket)), preamble_(preamble), router_(router), shared_(shared) {}

  boost::asio::awaitable<void> run();

  Waiting waiting() const { return waiting_; }
  Clock::time_point since() const { return since_; }
  bool is_overdue(Clock::time_point now);
  // The coroutine ends by itself, with an error at its next step.
  void close();

 private:
  // Coroutines take references to what their caller keeps while it awaits them: g++ 12 copies some parameters
  // that are passed by value byte for byte.
  void wait_for(Waiting what);
  boost::asio::awaitable<bool> greet();
  boost::asio::awaitable<bool> serve_one();
  boost::asio::awaitable<std::expected<std::optional<RequestHead>, Problem>> read_head();
  boost::asio::awaitable<bool> serve(RequestHead& head);
  boost::asio::awaitable<Response> ask(const Route& route, Request request);
  boost::asio::awaitable<bool> read_body(Request& request, const RequestHead& head);
  boost::asio::awaitable<void> refuse(Response& response);
  boost::asio::awaitable<bool> answer(Response& response, bool is_head, bool keep_alive);
  boost::asio::awaitable<bool> stream(BodyReader& reader);
  boost::asio::awaitable<std::size_t> read_some(Bytes& to, std::size_t bytes_max);
  boost::asio::awaitable<bool> write(ByteView bytes);

  Socket socket_;
  Preamble preamble_;
  const Router& router_;
  Shared& shared_;
  std::optional<Circuit> circuit_;
  Bytes unread_;  // arrived and not yet understood: a part of a head, the start of a body, pipelined requests
  Waiting waiting_ = Waiting::idle;
  Clock::time_point since_ = Clock::now();
  std::uint64_t moved_bytes_ = 0;  // of a body, since `since_`
};

}  // namespace candour::server
