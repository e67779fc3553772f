// SPDX-License-Identifier: AGPL-3.0-or-later
// The memory that bodies of one kind may take, all connections together. A body claims it while its bytes
// arrive, so that an announced length costs nothing; who finds none waits unread: the peer's window fills and
// it stops sending. The line is in the order in which the bodies began. The eldest may also use a reserve as
// large as any body, so that one of them can always be finished: claims that grow could otherwise all wait
// for each other. When the eldest is slow the sweep sheds it (server.cpp).
//
// One thread (that of the loop); a Claim must not outlive its Room. Spec: docs/spec/http.md "Bounds".
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstddef>
#include <list>

namespace candour::server {

class Room {
 public:
  using Time = std::chrono::steady_clock::time_point;

  class Claim {
   public:
    // Of a body of `total_bytes`. Holds nothing yet.
    Claim(Room& room, std::size_t total_bytes);
    ~Claim();
    Claim(const Claim&) = delete;
    Claim& operator=(const Claim&) = delete;

    std::size_t bytes() const { return bytes_; }
    const Room& room() const { return room_; }
    // False, and nothing taken, when it must wait.
    bool try_grow(std::size_t more_bytes);
    // False when there was no room in time, or `give_up` was called.
    boost::asio::awaitable<bool> grow(std::size_t more_bytes);
    void give_up();

   private:
    friend class Room;
    Room& room_;
    const std::size_t total_bytes_;
    std::size_t bytes_ = 0;
    std::size_t wanted_bytes_ = 0;  // waits for them, if any
    Time waiting_since_{};
    boost::asio::steady_timer* bell_ = nullptr;
    std::list<Claim*>::iterator place_;
  };

  // `claim_bytes_max`: no body is larger; `bytes_max` is not smaller.
  Room(std::size_t bytes_max, std::size_t claim_bytes_max, std::chrono::seconds wait_max)
      : bytes_max_(bytes_max), reserve_bytes_(claim_bytes_max), wait_max_(wait_max) {}

  // What the bodies that have waited for `patience` still lack.
  std::size_t short_of_bytes(Time now, std::chrono::seconds patience) const;

 private:
  bool fits(const Claim& claim, std::size_t more_bytes) const;
  void serve_line();

  const std::size_t bytes_max_;
  const std::size_t reserve_bytes_;
  const std::chrono::seconds wait_max_;
  std::size_t used_bytes_ = 0;
  std::list<Claim*> claims_;  // the eldest in front
};

}  // namespace candour::server
