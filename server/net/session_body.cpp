// SPDX-License-Identifier: AGPL-3.0-or-later
// The bodies of requests: taken whole, or in pieces by a route that has a sink; memory is claimed as they fill.
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "server/net/session.h"
#include "server/net/session_parts.h"

namespace candour::server {
namespace {

namespace asio = boost::asio;
using asio::awaitable;

// How much memory a body claims at once: as much again as it has, within these.
constexpr std::size_t kStepBytesMin = std::size_t{4} << 10;
constexpr std::size_t kStepBytesMax = std::size_t{64} << 10;
// A buffer that was used before is resident from the start, while a body waits for room too: few have one.
constexpr std::size_t kLentBuffersMax = 8;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

awaitable<bool> Session::serve_in_pieces(const Route& route, Request& request, RequestHead& head) {
  const std::unique_ptr<BodySink> sink = route.sink(request);
  // Once the server stops, what the sink would call may be gone before this is.
  const auto give_up = [this, &sink] {
    if (!shared_.stopping) sink->give_up();
  };
  for (std::uint64_t left_bytes = request.body_bytes; left_bytes > 0;) {
    request.body_bytes = std::min<std::uint64_t>({left_bytes, sink->wants_bytes(), piece_bytes_max});
    left_bytes -= request.body_bytes;
    const bool whole = co_await take_body(route, request, head);
    head.expects_continue = false;
    if (!whole) {
      give_up();
      co_return false;
    }
    std::optional<Response> refusal = co_await hand_on(*sink, std::move(request.body));
    incoming_.reset();
    if (!refusal) continue;
    give_up();
    if (left_bytes == 0) co_return co_await answer(*refusal, false, head.keep_alive);
    co_await refuse(*refusal);
    co_return false;
  }
  wait_for(Waiting::handler);
  Response response = co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Response)>(
      [&sink](auto done) { sink->finish(reply_on_loop(std::move(done))); }, asio::use_awaitable);
  co_return co_await answer(response, false, head.keep_alive);
}

awaitable<std::optional<Response>> Session::hand_on(BodySink& sink, Bytes piece) {
  wait_for(Waiting::handler);
  return asio::async_initiate<const asio::use_awaitable_t<>, void(std::optional<Response>)>(
      [&sink](auto done, Bytes bytes) {
        auto executor = asio::get_associated_executor(done);
        sink.take(std::move(bytes),
                  [done = std::move(done), executor](std::optional<Response> refusal) mutable {
                    asio::post(executor, [done = std::move(done), refusal = std::move(refusal)]() mutable {
                      std::move(done)(std::move(refusal));
                    });
                  });
      },
      asio::use_awaitable, std::move(piece));
}

// Whether all of it is there. If it was shed or there was no room, that has been said.
awaitable<bool> Session::take_body(const Route& route, Request& request, const RequestHead& head) {
  const auto body_bytes = static_cast<std::size_t>(request.body_bytes);
  if (body_bytes > tiny_body_bytes) {
    incoming_.emplace(body_bytes <= small_body_bytes_max ? shared_.small_bodies : shared_.large_bodies,
                      body_bytes);
  }
  if (route.buffer && shared_.lent_buffers < kLentBuffersMax) {
    lent_.emplace(shared_);
    request.body = route.buffer(body_bytes);
  }
  const bool whole = co_await read_body(request, head);
  if (whole) co_return true;
  incoming_.reset();
  lent_.reset();
  if (!std::exchange(shed_, false)) co_return false;
  Bytes().swap(request.body);
  Response refusal = route.refuse(Problem::busy);
  co_await refuse(refusal);
  co_return false;
}

awaitable<bool> Session::read_body(Request& request, const RequestHead& head) {
  const auto body_bytes = static_cast<std::size_t>(request.body_bytes);
  request.body.reserve(body_bytes);  // large new ones are mapped, and resident only as they fill
  bool asked_to_continue = !head.expects_continue;
  while (request.body.size() < body_bytes) {
    std::size_t step = body_bytes - request.body.size();
    if (incoming_) {
      if (incoming_->bytes() == request.body.size()) {
        const std::size_t more = std::clamp(request.body.size(), kStepBytesMin, kStepBytesMax);
        shed_ = !co_await claim_more(*incoming_, std::min(step, more));
        if (shed_) co_return false;
      }
      step = incoming_->bytes() - request.body.size();
    }
    if (waiting_ != Waiting::body) wait_for(Waiting::body);
    if (!unread_.empty()) {
      const std::size_t here = std::min(step, unread_.size());
      append(request.body, std::span(unread_).first(here));
      drop_front(unread_, here);
      continue;
    }
    if (!std::exchange(asked_to_continue, true)) {
      const bool written = co_await write(as_bytes(kContinue));
      if (!written) co_return false;
    }
    const std::size_t count = co_await receive(&request.body, step);
    if (count == 0) co_return false;
  }
  co_return true;
}

awaitable<bool> Session::claim_more(Room::Claim& claim, std::size_t bytes) {
  if (claim.try_grow(bytes)) co_return true;
  wait_for(Waiting::handler);
  co_return co_await claim.grow(bytes);
}

}  // namespace candour::server
