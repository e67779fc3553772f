// SPDX-License-Identifier: AGPL-3.0-or-later
// The memory that bodies may take, all connections together. Who finds none waits in line, unread: the peer's
// window fills and it stops sending, so memory stays bounded however many connect. First come, first served,
// so that a large body is not overtaken for ever. One thread (that of the loop); a Grant must not outlive its
// Room.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstddef>
#include <list>
#include <optional>
#include <utility>

namespace candour::server {

class Room {
 public:
  class Grant {
   public:
    Grant(Room& room, std::size_t bytes) : room_(&room), bytes_(bytes) {}
    Grant(Grant&& other) noexcept : room_(std::exchange(other.room_, nullptr)), bytes_(other.bytes_) {}
    Grant& operator=(Grant&&) = delete;
    ~Grant() {
      if (room_ != nullptr) room_->give_back(bytes_);
    }

   private:
    Room* room_;
    std::size_t bytes_;
  };

  Room(boost::asio::any_io_executor executor, std::size_t bytes_max, std::chrono::seconds wait_max)
      : executor_(std::move(executor)), free_bytes_(bytes_max), bytes_max_(bytes_max), wait_max_(wait_max) {}

  // Nothing when there was no room in time. More than there can ever be is taken for all there is.
  boost::asio::awaitable<std::optional<Grant>> take(std::size_t bytes);

 private:
  struct Waiter {
    std::size_t bytes;
    boost::asio::steady_timer until;
    bool granted = false;
  };
  void give_back(std::size_t bytes);
  void serve_line();

  boost::asio::any_io_executor executor_;
  std::size_t free_bytes_;
  std::size_t bytes_max_;
  std::chrono::seconds wait_max_;
  std::list<Waiter> line_;
};

}  // namespace candour::server
