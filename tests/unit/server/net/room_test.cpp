// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/net/room.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <utility>
#include <vector>

using namespace candour::server;
namespace asio = boost::asio;

namespace {

struct Taken {
  std::vector<Room::Grant> grant;  // none or one
  bool done = false;
};

asio::awaitable<void> take(Room& room, std::size_t bytes, Taken& taken) {
  auto grant = co_await room.take(bytes);
  if (grant) taken.grant.push_back(std::move(*grant));
  taken.done = true;
}

}  // namespace

TEST_CASE("who finds no room waits in line, and is served in order") {
  asio::io_context io;
  Room room(io.get_executor(), 10, std::chrono::seconds(60));
  Taken first;
  Taken large;
  Taken small;
  asio::co_spawn(io, take(room, 6, first), asio::detached);
  asio::co_spawn(io, take(room, 8, large), asio::detached);
  asio::co_spawn(io, take(room, 2, small), asio::detached);
  io.poll();
  CHECK(first.done);
  CHECK_FALSE(large.done);
  CHECK_FALSE(small.done);  // there is room, but it is not her turn
  first.grant.clear();
  io.poll();
  CHECK(large.grant.size() == 1);
  CHECK(small.grant.size() == 1);
  large.grant.clear();
  small.grant.clear();
}

TEST_CASE("more than there is takes all there is") {
  asio::io_context io;
  Room room(io.get_executor(), 10, std::chrono::seconds(60));
  Taken all;
  asio::co_spawn(io, take(room, 1000, all), asio::detached);
  io.poll();
  CHECK(all.grant.size() == 1);
}

TEST_CASE("who waits too long gets nothing and stands in nobody's way") {
  asio::io_context io;
  Room room(io.get_executor(), 10, std::chrono::seconds(0));
  Taken first;
  Taken late;
  asio::co_spawn(io, take(room, 10, first), asio::detached);
  asio::co_spawn(io, take(room, 1, late), asio::detached);
  io.run();
  CHECK(late.done);
  CHECK(late.grant.empty());
  first.grant.clear();
  Taken next;
  io.restart();
  asio::co_spawn(io, take(room, 10, next), asio::detached);
  io.poll();
  CHECK(next.grant.size() == 1);
}
