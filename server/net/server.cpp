// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/net/server.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <filesystem>
#include <list>
#include <memory>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "server/net/session.h"

namespace candour::server {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using boost::system::error_code;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr int kBacklog = 1024;
constexpr std::chrono::seconds kSweepEvery{1};
constexpr std::chrono::milliseconds kAcceptAgainAfter{100};

using Sessions = std::list<std::shared_ptr<Session>>;

struct Listener {
  asio::basic_socket_acceptor<asio::generic::stream_protocol> acceptor;
  asio::steady_timer pause;
  Preamble preamble;
  const Router& router;
  std::string socket_path = {};  // of a unix socket, to remove at the end
  Sessions sessions = {};
  bool accepting = false;
};

// Set for as long as a coroutine of the loop lives: one that an exception ended is started again.
class Alive {
 public:
  explicit Alive(bool& flag) : flag_(flag) { flag_ = true; }
  ~Alive() { flag_ = false; }
  Alive(const Alive&) = delete;
  Alive& operator=(const Alive&) = delete;

 private:
  bool& flag_;
};

asio::generic::stream_protocol::endpoint endpoint_of(const Address& address) {
  if (const auto* unix_address = std::get_if<UnixAddress>(&address)) {
    return asio::local::stream_protocol::endpoint(unix_address->path);
  }
  const auto& loopback = std::get<LoopbackAddress>(address);
  if (loopback.v6) return asio::ip::tcp::endpoint(asio::ip::address_v6::loopback(), loopback.port);
  return asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), loopback.port);
}

// A socket file that a crash left behind; never any other file.
void remove_socket(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_socket(path, ignored)) std::filesystem::remove(path, ignored);
}

// Who has to give way to a newcomer, if anybody: the one that has kept a place longest without sending a
// request, or else the one whose peer takes or sends a body most slowly. Never one that waits for us.
Session* first_to_give_way(const Sessions& sessions) {
  Session* idlest = nullptr;
  Session* slowest = nullptr;
  for (const auto& session : sessions) {
    switch (session->waiting()) {
      case Session::Waiting::idle:
      case Session::Waiting::head:
        if (idlest == nullptr || session->since() < idlest->since()) idlest = session.get();
        break;
      case Session::Waiting::body:
      case Session::Waiting::goodbye:
        if (slowest == nullptr || session->bytes_per_second() < slowest->bytes_per_second())
          slowest = session.get();
        break;
      case Session::Waiting::handler:
        break;
    }
  }
  return idlest != nullptr ? idlest : slowest;
}

bool is_shortage(const error_code& error) {
  return error == asio::error::no_descriptors || error == asio::error::no_memory ||
         error == asio::error::no_buffer_space || error == boost::system::errc::too_many_files_open_in_system;
}

}  // namespace

struct Server::Loop {
  explicit Loop(const Limits& limits_) : limits(limits_), shared(limits), sweep_timer(io), signals(io) {
    keep_spare();
  }
  ~Loop() { drop_spare(); }
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  void start();
  awaitable<void> accept(Listener& listener);
  awaitable<void> serve(Listener& listener, std::shared_ptr<Session> session);
  awaitable<void> sweep();
  awaitable<void> heed_signals();
  bool make_place(const Listener& listener);
  void turn_one_away(Listener& listener);
  void shed_for(const Room& room, Clock::time_point now);
  void close_all();
  void end_if_drained();
  void keep_spare() { spare = open("/dev/null", O_RDONLY | O_CLOEXEC); }
  void drop_spare() {
    if (spare >= 0) ::close(std::exchange(spare, -1));
  }

  Limits limits;
  Shared shared;  // outlives every session, and so `io`, which may still hold some
  asio::io_context io{1};
  asio::steady_timer sweep_timer;
  asio::signal_set signals;
  std::vector<std::pair<int, std::function<void()>>> actions;
  std::list<asio::steady_timer> delays;
  std::list<Listener> listeners;
  int spare = -1;  // a descriptor to give up when there are no others, so that a peer can be turned away
  bool sweeping = false;
  bool heeding = false;
  bool over = false;  // nothing that was posted or put off is done any more
  Clock::time_point stopping_since;
};

void Server::Loop::start() {
  for (Listener& listener : listeners)
    if (!listener.accepting && !shared.stopping) asio::co_spawn(io, accept(listener), asio::detached);
  if (!sweeping) asio::co_spawn(io, sweep(), asio::detached);
  if (!heeding) asio::co_spawn(io, heed_signals(), asio::detached);
}

awaitable<void> Server::Loop::accept(Listener& listener) {
  const Alive alive(listener.accepting);
  while (!shared.stopping) {
    auto [error, socket] = co_await listener.acceptor.async_accept(kAwait);
    if (shared.stopping) co_return;
    if (error) {
      if (is_shortage(error) && !make_place(listener)) turn_one_away(listener);
      listener.pause.expires_after(kAcceptAgainAfter);
      co_await listener.pause.async_wait(kAwait);
      continue;
    }
    if (listener.sessions.size() >= limits.connections_max && !make_place(listener))
      continue;  // all wait for us: the new one is closed
    auto session = std::make_shared<Session>(std::move(socket), listener.preamble, listener.router, shared);
    asio::co_spawn(io, serve(listener, std::move(session)), asio::detached);
  }
}

// What goes wrong here is this connection's loss alone.
awaitable<void> Server::Loop::serve(Listener& listener, std::shared_ptr<Session> session) {
  const auto place = listener.sessions.insert(listener.sessions.end(), session);
  try {
    co_await session->run();
  } catch (const std::exception&) {
    session->close();
  }
  listener.sessions.erase(place);
  end_if_drained();
}

awaitable<void> Server::Loop::sweep() {
  const Alive alive(sweeping);
  while (!over) {
    sweep_timer.expires_after(kSweepEvery);
    const auto [error] = co_await sweep_timer.async_wait(kAwait);
    if (error) co_return;
    const auto now = Clock::now();
    shared.pace.forget(now);
    for (Listener& listener : listeners) {
      for (const auto& session : listener.sessions) {
        session->measure();
        if (session->is_overdue(now)) session->close();
      }
    }
    for (const Room* room : {&shared.small_bodies, &shared.large_bodies, &shared.answers})
      shed_for(*room, now);
    if (!shared.stopping) continue;
    if (now - stopping_since >= limits.drain_max) close_all();
    if (now - stopping_since >= limits.drain_max + limits.drain_answer_max) io.stop();
  }
}

bool Server::Loop::make_place(const Listener& listener) {
  Session* session = first_to_give_way(listener.sessions);
  if (session != nullptr) session->close();
  return session != nullptr;
}

// Without a descriptor nobody can be accepted, and who waits in the backlog wakes us again and again.
void Server::Loop::turn_one_away(Listener& listener) {
  drop_spare();
  const int descriptor =
      accept4(listener.acceptor.native_handle(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (descriptor >= 0) ::close(descriptor);
  keep_spare();
}

// Honest bodies wait while slow ones hold the memory: the slowest are shed until those that wait can go on.
void Server::Loop::shed_for(const Room& room, Clock::time_point now) {
  const std::size_t wanted_bytes = room.short_of_bytes(now, limits.room_patience);
  if (wanted_bytes == 0) return;
  std::vector<Session*> slow;
  for (const Listener& listener : listeners) {
    for (const auto& session : listener.sessions) {
      if (session->waiting() == Session::Waiting::body && session->holds_bytes(room) > 0 &&
          session->bytes_per_second() < limits.fast_bytes_per_second)
        slow.push_back(session.get());
    }
  }
  std::ranges::sort(slow, {}, &Session::bytes_per_second);
  std::size_t freed_bytes = 0;
  for (Session* session : slow) {
    if (freed_bytes >= wanted_bytes) return;
    freed_bytes += session->holds_bytes(room);
    session->shed();
  }
}

void Server::Loop::close_all() {
  for (const Listener& listener : listeners)
    for (const auto& session : listener.sessions) session->close();
}

awaitable<void> Server::Loop::heed_signals() {
  const Alive alive(heeding);
  while (!over) {
    const auto [error, number] = co_await signals.async_wait(kAwait);
    if (error) co_return;
    for (const auto& [signal, action] : actions) {
      if (signal == number) action();
    }
  }
}

// With the last connection gone, everything that keeps the loop running ends, and so it does.
void Server::Loop::end_if_drained() {
  if (!shared.stopping) return;
  for (const Listener& listener : listeners) {
    if (!listener.sessions.empty()) return;
  }
  over = true;
  sweep_timer.cancel();
  error_code ignored;
  signals.cancel(ignored);
  for (asio::steady_timer& delay : delays) delay.cancel();
}

Server::Server(const Limits& limits) : loop_(std::make_unique<Loop>(limits)) {}

// Where handlers answered too late, or never: their connections are still there, and end here.
Server::~Server() {
  loop_->over = true;
  stop();
  loop_->close_all();
  loop_->io.restart();
  loop_->io.poll();
  for (const Listener& listener : loop_->listeners) remove_socket(listener.socket_path);
}

void Server::set_limits(const Limits& limits) {
  const std::size_t bodies_bytes_max = loop_->limits.bodies_bytes_max;
  loop_->limits = limits;
  loop_->limits.bodies_bytes_max = bodies_bytes_max;
}

Result<Address> Server::listen(const Address& address, Preamble preamble, const Router& router) {
  const auto endpoint = endpoint_of(address);
  const auto* unix_address = std::get_if<UnixAddress>(&address);
  Listener& listener = loop_->listeners.emplace_back(
      Listener{.acceptor = decltype(Listener::acceptor)(loop_->io),
               .pause = asio::steady_timer(loop_->io),
               .preamble = preamble,
               .router = router,
               .socket_path = unix_address != nullptr ? unix_address->path : ""});
  if (unix_address != nullptr) remove_socket(unix_address->path);
  error_code error;
  listener.acceptor.open(endpoint.protocol(), error);
  if (!error) listener.acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) listener.acceptor.bind(endpoint, error);
  if (!error && unix_address != nullptr && chmod(unix_address->path.c_str(), unix_address->mode) != 0) {
    error = asio::error::access_denied;
  }
  if (!error) listener.acceptor.listen(kBacklog, error);
  if (error == asio::error::address_in_use) {
    return fail(Errc::conflict,
                "a listener's address is in use. Stop the other program or choose another address.");
  }
  if (error)
    return fail(Errc::io,
                "cannot listen on a listener's address. Check it and the permissions of its folder.");
  if (unix_address != nullptr) return address;
  auto bound = std::get<LoopbackAddress>(address);
  asio::ip::tcp::endpoint local;
  const auto chosen = listener.acceptor.local_endpoint(error);
  local.resize(chosen.size());
  std::memcpy(local.data(), chosen.data(), chosen.size());
  bound.port = local.port();
  return bound;
}

void Server::on_signal(int signal, std::function<void()> action) {
  loop_->signals.add(signal);
  loop_->actions.emplace_back(signal, std::move(action));
}

void Server::after(std::chrono::seconds delay, std::function<void()> action) {
  const auto timer = loop_->delays.emplace(loop_->delays.end(), loop_->io, delay);
  timer->async_wait([loop = loop_.get(), timer, action = std::move(action)](error_code error) {
    loop->delays.erase(timer);
    if (!error && !loop->over) action();
  });
}

void Server::post(std::move_only_function<void()> action) {
  asio::post(loop_->io, [loop = loop_.get(), action = std::move(action)]() mutable {
    if (!loop->over) action();
  });
}

void Server::run() {
  for (;;) {
    try {
      loop_->start();
      loop_->io.run();
      break;
    } catch (const std::exception&) {
      // Out of memory, most likely: others give some back meanwhile. What it ended is started again.
      std::this_thread::sleep_for(kAcceptAgainAfter);
    }
  }
  loop_->over = true;
}

void Server::stop() {
  if (loop_->shared.stopping) return;
  loop_->shared.stopping = true;
  loop_->stopping_since = Clock::now();
  error_code ignored;
  for (Listener& listener : loop_->listeners) {
    listener.acceptor.close(ignored);
    listener.pause.cancel();
    for (const auto& session : listener.sessions) {
      if (session->waiting() == Session::Waiting::idle) session->close();
    }
  }
  loop_->end_if_drained();
}

}  // namespace candour::server
