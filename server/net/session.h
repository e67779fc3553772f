// SPDX-License-Identifier: AGPL-3.0-or-later
// One connection: reads requests one after the other, asks the router, hands the body to a handler, writes
// what it answers. A coroutine on the loop's thread; the handler may answer from any other. It keeps nothing
// about the peer but the number of its circuit, where there is one. What the connection is waiting for, since
// when, and how fast its peer is, is open to the loop (server.cpp), which once a second closes those that are
// overdue, and sheds the slowest when memory or places are short: one clock for thousands of connections.
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
  explicit Shared(const Limits& limits_);

  const Limits& limits;
  Pace pace;
  Room small_bodies;
  Room large_bodies;
  Room answers;
  std::size_t lent_buffers = 0;  // in the hands of requests (Route::buffer)
  Bytes scratch;                 // where everything is first read to: an idle connection owns no buffer
  bool stopping = false;
};

// One of the buffers that routes lend, for as long as a request has it.
class LentBuffer {
 public:
  explicit LentBuffer(Shared& shared) : shared_(shared) { ++shared_.lent_buffers; }
  ~LentBuffer() { --shared_.lent_buffers; }
  LentBuffer(const LentBuffer&) = delete;
  LentBuffer& operator=(const LentBuffer&) = delete;

 private:
  Shared& shared_;
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
      : socket_(std::move(socket)),
        preamble_(preamble),
        router_(router),
        shared_(shared),
        bytes_per_second_(2 * shared.limits.fast_bytes_per_second) {}

  boost::asio::awaitable<void> run();

  Waiting waiting() const { return waiting_; }
  Clock::time_point since() const { return since_; }
  // Of bodies, lately; newcomers are given credit.
  std::uint64_t bytes_per_second() const { return bytes_per_second_; }
  std::size_t holds_bytes(const Room& room) const;

  // Once a second.
  void measure();
  bool is_overdue(Clock::time_point now);
  // Gives the memory of its body back: answers 503 busy if the body is still arriving, or else closes.
  void shed();
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
  std::expected<const Route*, Response> admit(RequestHead& head);
  boost::asio::awaitable<Response> ask(const Route& route, Request request);
  boost::asio::awaitable<bool> serve_in_pieces(const Route& route, Request& request, RequestHead& head);
  boost::asio::awaitable<std::optional<Response>> hand_on(BodySink& sink, Bytes piece);
  boost::asio::awaitable<bool> take_body(const Route& route, Request& request, const RequestHead& head);
  boost::asio::awaitable<bool> read_body(Request& request, const RequestHead& head);
  boost::asio::awaitable<bool> claim_more(Room::Claim& claim, std::size_t bytes);
  boost::asio::awaitable<void> refuse(Response& response);
  boost::asio::awaitable<bool> answer(Response& response, bool is_head, bool keep_alive);
  boost::asio::awaitable<bool> stream(BodyReader& reader);
  boost::asio::awaitable<std::size_t> receive(Bytes* to, std::size_t bytes_max);
  boost::asio::awaitable<bool> write(ByteView bytes);

  Socket socket_;
  Preamble preamble_;
  const Router& router_;
  Shared& shared_;
  std::optional<Circuit> circuit_;
  Bytes unread_;  // arrived and not yet understood: a part of a head, the start of a body, pipelined requests
  std::optional<Room::Claim> incoming_;
  std::optional<LentBuffer> lent_;
  std::optional<Room::Claim> outgoing_;
  bool shed_ = false;
  Waiting waiting_ = Waiting::idle;
  Clock::time_point since_ = Clock::now();
  std::uint64_t moved_bytes_ = 0;   // of a body, since `since_`
  std::uint64_t lately_bytes_ = 0;  // since `measure`
  std::uint64_t bytes_per_second_;  // smoothed over some four seconds
};

}  // namespace candour::server
