// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/net/room.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

namespace candour::server {

namespace asio = boost::asio;

asio::awaitable<std::optional<Room::Grant>> Room::take(std::size_t wanted_bytes) {
  const std::size_t bytes = std::min(wanted_bytes, bytes_max_);
  if (line_.empty() && bytes <= free_bytes_) {
    free_bytes_ -= bytes;
    co_return std::optional<Grant>(std::in_place, *this, bytes);
  }
  const auto me = line_.insert(line_.end(), Waiter{bytes, asio::steady_timer(executor_, wait_max_)});
  co_await me->until.async_wait(asio::as_tuple(asio::use_awaitable));
  const bool granted = me->granted;
  line_.erase(me);
  serve_line();  // this one may have stood in the way of smaller ones
  if (!granted) co_return std::nullopt;
  co_return std::optional<Grant>(std::in_place, *this, bytes);
}

void Room::give_back(std::size_t bytes) {
  free_bytes_ += bytes;
  serve_line();
}

void Room::serve_line() {
  for (Waiter& waiter : line_) {
    if (waiter.granted) continue;
    if (waiter.bytes > free_bytes_) return;
    free_bytes_ -= waiter.bytes;
    waiter.granted = true;
    waiter.until.cancel();
  }
}

}  // namespace candour::server
