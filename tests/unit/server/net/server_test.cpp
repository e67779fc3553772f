// SPDX-License-Identifier: AGPL-3.0-or-later
// A server in this process, on a thread of its own, so that the sanitizers see what it leaves behind.
#include "server/net/server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <future>
#include <list>
#include <mutex>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

using namespace candour;
using namespace candour::server;
using namespace std::chrono_literals;

namespace {

class Peer {
 public:
  explicit Peer(std::uint16_t port) : descriptor_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    REQUIRE(descriptor_ >= 0);
    const timeval patience{.tv_sec = 20, .tv_usec = 0};
    setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = connect(descriptor_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
  }
  Peer(Peer&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)), connected_(other.connected_) {}
  Peer& operator=(Peer&&) = delete;
  ~Peer() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  bool connected() const { return connected_; }
  Peer& send(std::string_view text) {
    [[maybe_unused]] const auto sent = ::send(descriptor_, text.data(), text.size(), MSG_NOSIGNAL);
    return *this;
  }
  // Until the server closes, or `enough` is in it.
  std::string receive(std::string_view enough = {}) {
    std::string all;
    std::string piece(4096, '\0');
    while (enough.empty() || all.find(enough) == std::string::npos) {
      const auto count = recv(descriptor_, piece.data(), piece.size(), 0);
      if (count <= 0) break;
      all.append(piece, 0, static_cast<std::size_t>(count));
    }
    return all;
  }

 private:
  int descriptor_;
  bool connected_ = false;
};

constexpr std::string_view kGet = "GET /now HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

// /now answers at once, /lent lends a buffer for its body, /later when the test says so, /throw never gets so far.
class Running {
 public:
  explicit Running(const Limits& limits = {}) : server_(std::in_place, limits) {
    const auto add = [this](Method method, std::string path, Handler handler) {
      router_.add({.method = method,
                   .pattern = std::move(path),
                   .body_bytes_max = body_bytes_max,
                   .handler = std::move(handler)});
    };
    add(Method::get, "/now", [](const Request&, Reply reply) { reply(empty_response()); });
    add(Method::put, "/now", [](const Request&, Reply reply) { reply(empty_response()); });
    add(Method::get, "/throw", [](const Request&, Reply) { throw std::runtime_error("a bug"); });
    add(Method::get, "/memory", [](const Request&, Reply) { throw std::bad_alloc(); });
    add(Method::get, "/later", [this](const Request&, Reply reply) {
      const std::lock_guard lock(mutex_);
      later_.push_back(std::move(reply));
    });
    router_.add({.method = Method::put,
                 .pattern = "/lent",
                 .body_bytes_max = body_bytes_max,
                 .handler = [](const Request&, Reply reply) { reply(empty_response()); },
                 .buffer =
                     [this](std::size_t) {
                       ++lent_;
                       return Bytes();
                     }});
    const auto at = server_->listen(LoopbackAddress{.v6 = false, .port = 0}, Preamble::none, router_);
    REQUIRE(at);
    port_ = std::get<LoopbackAddress>(*at).port;
    thread_ = std::thread([this] { server_->run(); });
  }
  ~Running() {
    if (thread_.joinable()) stop();
  }
  Peer peer() const { return Peer(port_); }
  void order_to_stop() {
    server_->post([this] { server_->stop(); });
  }
  void join() { thread_.join(); }
  void stop() {
    order_to_stop();
    join();
  }
  void wait_for_later(std::size_t count) {
    for (;;) {
      {
        const std::lock_guard lock(mutex_);
        if (later_.size() == count) return;
      }
      std::this_thread::sleep_for(5ms);
    }
  }
  void answer_later() {
    const std::lock_guard lock(mutex_);
    for (Reply& reply : later_) reply(empty_response());
    later_.clear();
  }
  void destroy() { server_.reset(); }
  int lent() const { return lent_; }  // buffers, so far

 private:
  Router router_;
  std::optional<Server> server_;
  std::mutex mutex_;
  std::list<Reply> later_;
  std::atomic<int> lent_ = 0;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

bool is_ok(const std::string& answer) { return answer.starts_with("HTTP/1.1 204 "); }

// Peers in every state in which a connection can be, none of whom goes on.
std::vector<Peer> in_every_state(const Running& running) {
  std::vector<Peer> peers;
  for (const std::string_view text :
       {std::string_view(), std::string_view("GET /no"),
        std::string_view("PUT /now HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nabc"),
        std::string_view("PUT /now HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nabc"),
        std::string_view("nonsense\r\n\r\n"), std::string_view("GET /later HTTP/1.1\r\nHost: x\r\n\r\n")}) {
    peers.push_back(running.peer());
    peers.back().send(text);
  }
  return peers;
}

}  // namespace

TEST_CASE("a server without connections stops at once, also when nobody ever came") {
  {
    Server never_run{Limits{}};
  }
  Running idle;
  idle.stop();
  Running used;
  CHECK(is_ok(used.peer().send(kGet).receive()));
  used.stop();
}

TEST_CASE("stopping: requests under way are answered, new ones refused, idle connections closed") {
  Running running;
  Peer idle = running.peer();
  Peer body = running.peer();
  body.send("PUT /now HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab");
  Peer half_head = running.peer();
  half_head.send("GET /now HT");
  Peer waiting = running.peer();
  waiting.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
  running.wait_for_later(1);
  std::this_thread::sleep_for(100ms);
  running.order_to_stop();
  CHECK(idle.receive().empty());
  CHECK_FALSE(running.peer().connected());
  CHECK(half_head.send("TP/1.1\r\nHost: x\r\n\r\n").receive().starts_with("HTTP/1.1 503 "));
  CHECK(is_ok(body.send("cde").receive()));
  running.answer_later();
  CHECK(is_ok(waiting.receive()));
  running.join();
}

TEST_CASE("a drain ends in its time whatever peers do, and leaves nothing behind") {
  Limits limits;
  limits.drain_max = 1s;
  Running running(limits);
  const auto peers = in_every_state(running);
  running.wait_for_later(1);
  running.order_to_stop();
  std::this_thread::sleep_for(2500ms);
  running.answer_later();
  running.join();
}

TEST_CASE("answers that come after the end, or after the server is told to go, harm nothing") {
  Limits limits;
  limits.drain_max = 0s;
  limits.drain_answer_max = 1s;
  Running running(limits);
  const auto peers = in_every_state(running);
  running.wait_for_later(1);
  running.stop();
  running.answer_later();
  running.destroy();
}

TEST_CASE("a handler that throws costs its request, and nothing else") {
  Running running;
  for (const std::string path : {"/throw", "/memory"}) {
    CHECK(running.peer()
              .send("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
              .receive()
              .starts_with("HTTP/1.1 500 "));
    CHECK(is_ok(running.peer().send(kGet).receive()));
  }
}

TEST_CASE("however many bodies wait, few have a buffer that was used before") {
  Running running;
  const auto begun = [&running] {
    Peer peer = running.peer();
    peer.send("PUT /lent HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 20000\r\n\r\n")
        .receive("100 Continue\r\n\r\n");
    return peer;
  };
  std::vector<Peer> peers;
  for (int i = 0; i < 20; ++i) peers.push_back(begun());
  CHECK(running.lent() == 8);
  CHECK(is_ok(peers.front().send(std::string(20000, 'x')).receive("\r\n\r\n")));
  const Peer next = begun();
  CHECK(running.lent() == 9);
}

TEST_CASE("half-closed connections get their answer, and end") {
  Running running;
  Peer peer = running.peer();
  peer.send("GET /now HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(is_ok(peer.receive("\r\n\r\n")));
}

TEST_CASE("out of descriptors, the idle give way and the server goes on") {
  Running running;
  rlimit before{};
  REQUIRE(getrlimit(RLIMIT_NOFILE, &before) == 0);
  std::vector<Peer> idle;
  for (int n = 0; n < 20; ++n) idle.push_back(running.peer());
  Peer honest = running.peer();
  CHECK(honest.send("GET /now HTTP/1.1\r\nHost: x\r\n\r\n").receive("\r\n\r\n").starts_with("HTTP/1.1 204 "));
  // Our own end of a connection still fits below the limit, the server's does not.
  Peer probe = running.peer();
  std::this_thread::sleep_for(100ms);
  const int next = dup(0);
  close(next);
  rlimit low = before;
  low.rlim_cur = static_cast<rlim_t>(next) + 1;
  REQUIRE(setrlimit(RLIMIT_NOFILE, &low) == 0);
  std::string answer;
  {
    Peer newcomer = running.peer();
    answer = newcomer.send(kGet).receive();
  }
  REQUIRE(setrlimit(RLIMIT_NOFILE, &before) == 0);
  CHECK(is_ok(answer));
  CHECK(is_ok(running.peer().send(kGet).receive()));
}
