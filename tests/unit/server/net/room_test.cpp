// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/net/room.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <list>
#include <optional>
#include <vector>

using namespace candour::server;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

asio::awaitable<void> grow(Room::Claim& claim, std::size_t bytes, std::optional<bool>& outcome) {
  outcome = co_await claim.grow(bytes);
}

struct Growing {
  Growing(asio::io_context& io, Room& room, std::size_t total_bytes, std::size_t bytes)
      : claim(std::in_place, room, total_bytes) {
    asio::co_spawn(io, grow(*claim, bytes, outcome), asio::detached);
    io.restart();
    io.poll();
  }
  std::optional<Room::Claim> claim;
  std::optional<bool> outcome;
};

}  // namespace

TEST_CASE("claims grow while there is room, but for the reserve") {
  asio::io_context io;
  Room room(10, 4, 60s);
  Room::Claim eldest(room, 4);
  Room::Claim second(room, 4);
  Room::Claim third(room, 4);
  CHECK(second.try_grow(4));
  CHECK(third.try_grow(2));
  CHECK_FALSE(third.try_grow(1));  // what is left is for the eldest
  CHECK(eldest.try_grow(4));
  CHECK(eldest.bytes() == 4);
  CHECK(third.bytes() == 2);
}

TEST_CASE("who finds no room waits, and is served in the order of beginning") {
  asio::io_context io;
  Room room(10, 4, 60s);
  std::optional<Room::Claim> holder(std::in_place, room, 4);
  CHECK(holder->try_grow(4));
  Growing first(io, room, 4, 4);
  CHECK_FALSE(first.outcome);
  Growing second(io, room, 4, 1);
  CHECK_FALSE(second.outcome);  // there is room, but it is not her turn
  holder.reset();
  io.restart();
  io.poll();
  CHECK(first.outcome == true);
  CHECK(second.outcome == true);
}

TEST_CASE("however many grow at once, all are finished") {
  asio::io_context io;
  Room room(10, 4, 60s);
  std::list<Growing> all;
  for (int n = 0; n < 20; ++n) all.emplace_back(io, room, 4, 1);
  int finished = 0;
  for (int round = 0; round < 100 && !all.empty(); ++round) {
    io.restart();
    io.poll();
    for (auto at = all.begin(); at != all.end();) {
      REQUIRE(at->outcome.value_or(true));
      if (at->outcome && at->claim->bytes() == 4) {
        at = all.erase(at);
        ++finished;
        continue;
      }
      if (at->outcome) {
        at->outcome.reset();
        asio::co_spawn(io, grow(*at->claim, 1, at->outcome), asio::detached);
      }
      ++at;
    }
  }
  CHECK(finished == 20);
}

TEST_CASE("who waits too long gets nothing and stands in nobody's way") {
  asio::io_context io;
  Room room(10, 4, 0s);
  std::optional<Room::Claim> holder(std::in_place, room, 4);
  CHECK(holder->try_grow(4));
  Growing late(io, room, 4, 4);
  io.restart();
  io.run();
  CHECK(late.outcome == false);
  CHECK(late.claim->bytes() == 0);
  Growing small(io, room, 1, 1);
  CHECK(small.outcome == true);
}

TEST_CASE("one that gives up ends its wait") {
  asio::io_context io;
  Room room(4, 4, 60s);
  Room::Claim holder(room, 4);
  CHECK(holder.try_grow(4));
  Growing waiting(io, room, 4, 4);
  CHECK_FALSE(waiting.outcome);
  waiting.claim->give_up();
  io.restart();
  io.run();
  CHECK(waiting.outcome == false);
}

TEST_CASE("the room is short by what those lack that have waited") {
  asio::io_context io;
  Room room(4, 4, 60s);
  Room::Claim holder(room, 4);
  CHECK(holder.try_grow(3));
  Growing waiting(io, room, 4, 2);
  const auto now = std::chrono::steady_clock::now();
  CHECK(room.short_of_bytes(now, 2s) == 0);
  CHECK(room.short_of_bytes(now + 3s, 2s) == 4);
  waiting.claim->give_up();
  io.restart();
  io.run();
  CHECK(room.short_of_bytes(now + 3s, 2s) == 0);
}
