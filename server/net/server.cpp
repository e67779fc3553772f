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

#include <sys/stat.h>

#include <cstring>
#include <filesystem>
#include <list>
#include <memory>
#include <new>
#include <string>
#include <system_error>
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
  Preamble preamble;
  const Router& router;
  Sessions sessions;
  std::string socket_path;  // of a unix socket, to remove at the end
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

// The one that has kept a place longest without sending a request: it must not keep an honest one out.
Session* longest_idle(const Sessions& sessions) {
  Session* found = nullptr;
  for (const auto& session : sessions) {
    if (session->waiting() != Session::Waiting::idle && session->waiting() != Session::Waiting::head)
      continue;
    if (found == nullptr || session->since() < found->since()) found = session.get();
  }
  return found;
}

}  // namespace

struct Server::Loop {
  explicit Loop(const Limits& limits_)
      : limits(limits_),
        incoming(io.get_executor(), limits.bodies_bytes_max, limits.room_wait_max),
        outgoing(io.get_executor(), limits.bodies_bytes_max, limits.room_wait_max),
        pace(limits),
        shared{limits, pace, incoming, outgoing, {}, false},
        sweep_timer(io),
        signals(io) {}

  awaitable<void> accept(Listener& listener);
  awaitable<void> serve(Listener& listener, std::shared_ptr<Session> session);
  awaitable<void> sweep();
  awaitable<void> heed_signals();
  void stop_if_done();

  Limits limits;
  asio::io_context io{1};
  Room incoming;
  Room outgoing;
  Pace pace;
  Shared shared;
  asio::steady_timer sweep_timer;
  asio::signal_set signals;
  std::vector<std::pair<int, std::function<void()>>> actions;
  std::list<Listener> listeners;
  Clock::time_point stopping_since;
};

awaitable<void> Server::Loop::accept(Listener& listener) {
  for (;;) {
    auto [error, socket] = co_await listener.acceptor.async_accept(kAwait);
    if (shared.stopping || error == asio::error::operation_aborted) co_return;
    if (error) {  // out of descriptors, or the peer left already
      asio::steady_timer pause(io, kAcceptAgainAfter);
      co_await pause.async_wait(kAwait);
      continue;
    }
    if (listener.sessions.size() >= limits.connections_max) {
      Session* idle = longest_idle(listener.sessions);
      if (idle == nullptr) continue;  // all are at work: the new one is closed
      idle->close();
    }
    auto session = std::make_shared<Session>(std::move(socket), listener.preamble, listener.router, shared);
    asio::co_spawn(io, serve(listener, std::move(session)), asio::detached);
  }
}

awaitable<void> Server::Loop::serve(Listener& listener, std::shared_ptr<Session> session) {
  const auto place = listener.sessions.insert(listener.sessions.end(), session);
  try {
    co_await session->run();
  } catch (const std::bad_alloc&) {
    session->close();  // this connection's loss alone
  }
  listener.sessions.erase(place);
  stop_if_done();
}

awaitable<void> Server::Loop::sweep() {
  for (;;) {
    sweep_timer.expires_after(kSweepEvery);
    const auto [error] = co_await sweep_timer.async_wait(kAwait);
    if (error) co_return;
    const auto now = Clock::now();
    const bool drained = shared.stopping && now - stopping_since >= limits.drain_max;
    pace.forget(now);
    for (Listener& listener : listeners) {
      for (const auto& session : listener.sessions) {
        if (drained || session->is_overdue(now)) session->close();
      }
    }
  }
}

awaitable<void> Server::Loop::heed_signals() {
  for (;;) {
    const auto [error, number] = co_await signals.async_wait(kAwait);
    if (error) co_return;
    for (const auto& [signal, action] : actions) {
      if (signal == number) action();
    }
  }
}

void Server::Loop::stop_if_done() {
  if (!shared.stopping) return;
  for (const Listener& listener : listeners) {
    if (!listener.sessions.empty()) return;
  }
  io.stop();
}

Server::Server(const Limits& limits) : loop_(std::make_unique<Loop>(limits)) {}
Server::~Server() {
  for (const Listener& listener : loop_->listeners) remove_socket(listener.socket_path);
}

Result<Address> Server::listen(const Address& address, Preamble preamble, const Router& router) {
  const auto endpoint = endpoint_of(address);
  const auto* unix_address = std::get_if<UnixAddress>(&address);
  Listener& listener =
      loop_->listeners.emplace_back(Listener{decltype(Listener::acceptor)(loop_->io),
                                             preamble,
                                             router,
                                             {},
                                             unix_address != nullptr ? unix_address->path : ""});
  if (unix_address != nullptr) remove_socket(unix_address->path);
  error_code error;
  listener.acceptor.open(endpoint.protocol(), error);
  if (!error) listener.acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) listener.acceptor.bind(endpoint, error);
<<<<<<< HEAD
  if (!error && unix_address != nullptr && chmod(unix_address->path.c_str(), unix_address->mode) != 0) {
=======
  if (!error && unix_address != nullptr && chmod(unix_address->path.c_str(), unix_address->mode) != 0) {
>>>>>>> e214c40 (server: back up, restore and rekey a database; metrics on a socket in the data folder)
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
  auto timer = std::make_shared<asio::steady_timer>(loop_->io, delay);
  timer->async_wait([timer, action = std::move(action)](error_code error) {
    if (!error) action();
  });
}

void Server::post(std::move_only_function<void()> action) { asio::post(loop_->io, std::move(action)); }

void Server::run() {
  for (Listener& listener : loop_->listeners)
    asio::co_spawn(loop_->io, loop_->accept(listener), asio::detached);
  asio::co_spawn(loop_->io, loop_->sweep(), asio::detached);
  asio::co_spawn(loop_->io, loop_->heed_signals(), asio::detached);
  loop_->io.run();
}

void Server::stop() {
  if (loop_->shared.stopping) return;
  loop_->shared.stopping = true;
  loop_->stopping_since = Clock::now();
  error_code ignored;
  for (Listener& listener : loop_->listeners) {
    listener.acceptor.close(ignored);
    for (const auto& session : listener.sessions) {
      if (session->waiting() == Session::Waiting::idle) session->close();
    }
  }
  loop_->stop_if_done();
}

}  // namespace candour::server
