// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/net/room.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

namespace candour::server {

namespace asio = boost::asio;

Room::Claim::Claim(Room& room, std::size_t total_bytes)
    : room_(room), total_bytes_(total_bytes), place_(room.claims_.insert(room.claims_.end(), this)) {}

Room::Claim::~Claim() {
  room_.claims_.erase(place_);
  room_.used_bytes_ -= bytes_;
  room_.serve_line();
}

bool Room::Claim::try_grow(std::size_t more_bytes) {
  const bool others_wait = std::any_of(room_.claims_.begin(), place_,
                                       [](const Claim* elder) { return elder->wanted_bytes_ != 0; });
  if (others_wait || !room_.fits(*this, more_bytes)) return false;
  bytes_ += more_bytes;
  room_.used_bytes_ += more_bytes;
  return true;
}

asio::awaitable<bool> Room::Claim::grow(std::size_t more_bytes) {
  if (try_grow(more_bytes)) co_return true;
  const auto executor = co_await asio::this_coro::executor;
  asio::steady_timer bell(executor, room_.wait_max_);
  bell_ = &bell;
  wanted_bytes_ = more_bytes;
  waiting_since_ = std::chrono::steady_clock::now();
  co_await bell.async_wait(asio::as_tuple(asio::use_awaitable));
  bell_ = nullptr;
  if (wanted_bytes_ == 0) co_return true;
  wanted_bytes_ = 0;
  room_.serve_line();  // this one may have stood in the way of others
  co_return false;
}

void Room::Claim::give_up() {
  if (bell_ != nullptr) bell_->cancel();
}

bool Room::fits(const Claim& claim, std::size_t more_bytes) const {
  const std::size_t reserve_bytes = &claim == claims_.front() ? 0 : reserve_bytes_;
  return used_bytes_ + more_bytes + reserve_bytes <= bytes_max_;
}

void Room::serve_line() {
  for (Claim* claim : claims_) {
    if (claim->wanted_bytes_ == 0) continue;
    if (!fits(*claim, claim->wanted_bytes_)) return;
    claim->bytes_ += claim->wanted_bytes_;
    used_bytes_ += claim->wanted_bytes_;
    claim->wanted_bytes_ = 0;
    if (claim->bell_ != nullptr) claim->bell_->cancel();
  }
}

std::size_t Room::short_of_bytes(Time now, std::chrono::seconds patience) const {
  std::size_t bytes = 0;
  for (const Claim* claim : claims_) {
    if (claim->wanted_bytes_ != 0 && now - claim->waiting_since_ >= patience)
      bytes += claim->total_bytes_ - claim->bytes_;
  }
  return bytes;
}

}  // namespace candour::server
