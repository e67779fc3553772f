// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/net/session.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <exception>
#include <memory>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <variant>

#include "server/http/encode.h"
#include "server/net/session_parts.h"

namespace candour::server {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using boost::system::error_code;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kScratchBytes = std::size_t{128} << 10;
constexpr std::uint64_t kGoodbyeBytesMax = std::uint64_t{4} << 20;
constexpr std::chrono::seconds kGoodbyeMax{5};

}  // namespace

Shared::Shared(const Limits& limits_)
    : limits(limits_),
      pace(limits_),
      small_bodies(std::max(limits.bodies_bytes_max / 8 * 3, small_body_bytes_max), small_body_bytes_max,
                   limits.room_wait_max),
      large_bodies(std::max(limits.bodies_bytes_max / 8 * 5, piece_bytes_max), piece_bytes_max,
                   limits.room_wait_max),
      answers(std::max(limits.bodies_bytes_max, answer_bytes_max), answer_bytes_max, limits.room_wait_max) {}

void Session::wait_for(Waiting what) {
  waiting_ = what;
  since_ = Clock::now();
  moved_bytes_ = 0;
}

void Session::measure() {
  const std::uint64_t credit = 2 * shared_.limits.fast_bytes_per_second;
  if (waiting_ == Waiting::body)
    bytes_per_second_ = (3 * bytes_per_second_ + std::min(lately_bytes_, credit)) / 4;
  lately_bytes_ = 0;
}

std::size_t Session::holds_bytes(const Room& room) const {
  for (const auto* claim : {&incoming_, &outgoing_})
    if (*claim && &(*claim)->room() == &room) return (*claim)->bytes();
  return 0;
}

bool Session::is_overdue(Clock::time_point now) {
  const Limits& limits = shared_.limits;
  const auto waited = now - since_;
  switch (waiting_) {
    case Waiting::idle:
      return shared_.stopping || waited >= limits.idle_max;
    case Waiting::head:
      return waited >= limits.head_max;
    case Waiting::handler:
      return false;
    case Waiting::goodbye:
      return waited >= kGoodbyeMax;
    case Waiting::body:
      break;
  }
  if (waited < limits.rate_window) return false;
  const auto bytes_min =
      limits.rate_bytes_per_second_min * static_cast<std::uint64_t>(limits.rate_window.count());
  if (moved_bytes_ < bytes_min) return true;
  since_ = now;
  moved_bytes_ = 0;
  return false;
}

void Session::shed() {
  if (!incoming_) return close();
  shed_ = true;
  error_code ignored;
  socket_.cancel(ignored);
}

void Session::close() {
  error_code ignored;
  socket_.close(ignored);
  for (auto* claim : {&incoming_, &outgoing_})
    if (*claim) (*claim)->give_up();
}

awaitable<void> Session::run() {
  error_code ignored;
  socket_.non_blocking(true, ignored);
  bool goes_on = co_await greet();
  while (goes_on) goes_on = co_await serve_one();
  close();
}

// Reads Tor's line, where it is to come. Whether the connection may go on.
awaitable<bool> Session::greet() {
  if (preamble_ == Preamble::none) co_return true;
  for (;;) {
    const auto header = parse_proxy_header(unread_);
    if (!header) co_return false;
    if (*header) {
      circuit_ = (*header)->circuit;
      drop_front(unread_, (*header)->bytes);
      break;
    }
    const std::size_t count = co_await receive(&unread_, head_bytes_max);
    if (count == 0) co_return false;
    if (waiting_ == Waiting::idle) wait_for(Waiting::head);
  }
  if (shared_.pace.admit_connection(*circuit_, Clock::now())) co_return true;
  Response refusal = problem(Problem::slow_down);
  co_await refuse(refusal);
  co_return false;
}

awaitable<bool> Session::serve_one() {
  auto head = co_await read_head();
  if (!head) {
    Response refusal = problem(head.error());
    co_await refuse(refusal);
    co_return false;
  }
  if (!head->has_value()) co_return false;  // the peer left
  co_return co_await serve(**head);
}

// Appends what has arrived, or throws it away without `to`; 0 when nothing more will.
awaitable<std::size_t> Session::receive(Bytes* to, std::size_t bytes_max) {
  // One scratch for all: between filling and emptying it the coroutine is not suspended.
  if (shared_.scratch.empty()) shared_.scratch.resize(kScratchBytes);
  while (!shed_) {
    error_code error;
    const std::size_t count =
        socket_.read_some(asio::buffer(shared_.scratch.data(), std::min(bytes_max, kScratchBytes)), error);
    if (!error) {
      moved_bytes_ += count;
      lately_bytes_ += count;
      if (to != nullptr) append(*to, std::span(shared_.scratch).first(count));
      std::fill_n(shared_.scratch.begin(), count, 0);
      co_return count;
    }
    if (error != asio::error::would_block && error != asio::error::try_again) break;
    const auto [failed] = co_await socket_.async_wait(Socket::wait_read, kAwait);
    if (failed) break;
  }
  co_return 0;
}

awaitable<std::expected<std::optional<RequestHead>, Problem>> Session::read_head() {
  wait_for(unread_.empty() ? Waiting::idle : Waiting::head);
  for (;;) {
    if (!unread_.empty()) {
      auto head = parse_head(unread_);
      if (!head || head->has_value()) co_return head;
      if (waiting_ == Waiting::idle) wait_for(Waiting::head);
    }
    const std::size_t count = co_await receive(&unread_, head_bytes_max);
    if (count == 0) co_return std::optional<RequestHead>();
  }
}

// The route, if the request may go on to its body.
std::expected<const Route*, Response> Session::admit(RequestHead& head) {
  if (shared_.stopping) return std::unexpected(problem(Problem::busy));
  auto route = router_.find(head.request);
  if (!route) return route;
  if (head.request.body_bytes > (*route)->body_bytes_max)
    return std::unexpected((*route)->refuse(Problem::too_large));
  if (!shared_.pace.admit_request(circuit_, (*route)->begins, head.request.body_bytes, Clock::now()))
    return std::unexpected((*route)->refuse(Problem::slow_down));
  return route;
}

awaitable<bool> Session::serve(RequestHead& head) {
  wait_for(Waiting::handler);
  drop_front(unread_, head.bytes);
  const bool is_head = head.request.method == Method::head;
  auto route = admit(head);
  if (!route && head.request.body_bytes == 0)
    co_return co_await answer(route.error(), is_head, head.keep_alive);
  if (!route) {
    co_await refuse(route.error());
    co_return false;
  }
  Request request = std::move(head.request);
  if ((*route)->sink) co_return co_await serve_in_pieces(**route, request, head);
  const bool whole = co_await take_body(**route, request, head);
  if (!whole) co_return false;
  if ((*route)->answer_bytes_max > tiny_body_bytes) {
    outgoing_.emplace(shared_.answers, (*route)->answer_bytes_max);
    const bool room = co_await claim_more(*outgoing_, (*route)->answer_bytes_max);
    if (!room) {
      outgoing_.reset();
      Response refusal = problem(Problem::busy);
      co_return co_await answer(refusal, is_head, head.keep_alive);
    }
  }
  Response response = co_await ask(**route, std::move(request));
  incoming_.reset();
  lent_.reset();
  const bool goes_on = co_await answer(response, is_head, head.keep_alive);
  outgoing_.reset();
  co_return goes_on;
}

// The handler's answer, from whatever thread, brought back to the loop's.
awaitable<Response> Session::ask(const Route& route, Request request) {
  wait_for(Waiting::handler);
  return asio::async_initiate<const asio::use_awaitable_t<>, void(Response)>(
      [&route](auto done, Request asked) {
        Reply reply = reply_on_loop(std::move(done));
        try {
          route.handler(std::move(asked), std::move(reply));
        } catch (const std::exception&) {  // the reply was dropped, and so answers 500
        }
      },
      asio::use_awaitable, std::move(request));
}

// Answers without having read all of the request, and so cannot go on. To close at once would reset the
// connection and lose the answer on its way, so the peer is read from a little longer.
awaitable<void> Session::refuse(Response& response) {
  co_await answer(response, false, false);
  error_code error;
  socket_.shutdown(Socket::shutdown_send, error);
  wait_for(Waiting::goodbye);
  Bytes().swap(unread_);
  std::uint64_t thrown_away_bytes = 0;
  while (!error && thrown_away_bytes < kGoodbyeBytesMax) {
    const std::size_t count = co_await receive(nullptr, kScratchBytes);
    if (count == 0) break;
    thrown_away_bytes += count;
  }
}

// Whether the connection can take another request.
awaitable<bool> Session::answer(Response& response, bool is_head, bool keep_alive) {
  keep_alive = keep_alive && !shared_.stopping;
  std::string head = encode_head(response, keep_alive, router_.listens());
  ByteView body;
  if (const auto* owned = std::get_if<Bytes>(&response.body)) body = *owned;
  if (const auto* shared = std::get_if<SharedBytes>(&response.body)) body = shared->bytes;
  if (is_head) body = {};
  wait_for(Waiting::body);
  // Small answers in one packet.
  const std::size_t together = std::min(body.size(), tiny_body_bytes);
  head.append(as_text(body.first(together)));
  bool written = co_await write(as_bytes(head));
  if (written) written = co_await write(body.subspan(together));
  if (auto* reader = std::get_if<std::unique_ptr<BodyReader>>(&response.body);
      reader != nullptr && written && !is_head) {
    written = co_await stream(**reader);
  }
  co_return written&& keep_alive;
}

awaitable<bool> Session::stream(BodyReader& reader) {
  std::uint64_t left_bytes = reader.bytes();
  while (left_bytes > 0) {
    const auto piece_bytes =
        static_cast<std::size_t>(std::min<std::uint64_t>(left_bytes, reader.piece_bytes_max()));
    outgoing_.emplace(shared_.answers, piece_bytes);
    const bool room = co_await claim_more(*outgoing_, piece_bytes);
    if (!room) co_return false;
    wait_for(Waiting::handler);
    auto piece = co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Result<Bytes>)>(
        [&reader](auto done) {
          auto executor = asio::get_associated_executor(done);
          reader.next([done = std::move(done), executor](Result<Bytes> bytes) mutable {
            asio::post(executor, [done = std::move(done), bytes = std::move(bytes)]() mutable {
              std::move(done)(std::move(bytes));
            });
          });
        },
        asio::use_awaitable);
    // The length was promised: what cannot be kept is shown by closing early, never by other bytes.
    if (!piece || piece->empty() || piece->size() > left_bytes) co_return false;
    left_bytes -= piece->size();
    wait_for(Waiting::body);
    const bool written = co_await write(*piece);
    if (!written) co_return false;
  }
  co_return true;
}

awaitable<bool> Session::write(ByteView bytes) {
  while (!bytes.empty()) {
    const auto [error, count] =
        co_await socket_.async_write_some(asio::buffer(bytes.data(), bytes.size()), kAwait);
    if (error) co_return false;
    moved_bytes_ += count;
    lately_bytes_ += count;
    bytes = bytes.subspan(count);
  }
  co_return true;
}

}  // namespace candour::server
