// SPDX-License-Identifier: AGPL-3.0-or-later
// The load of candour-bench, apart from what it measures: one thread that speaks the requests of docs/spec/http.md over many
// connections of loopback, and prints one line of JSON. Every answer must be a success, but for "busy" and "slow down":
// those are asked again after a second on a new connection, and counted.
//
//   http_load reports PORT BLOB CONNECTIONS SECONDS [COUNT]   each connection stores one report after another
//   http_load uploads PORT BLOB UPLOADS CONNECTIONS BYTES     uploads at once, each over so many connections; BLOB is part 0
//   http_load discard                                         a server that throws away what it reads: the ceiling of the wire
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <fmt/core.h>
#include <sodium.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace asio = boost::asio;
using asio::awaitable;
using tcp = asio::ip::tcp;
using Clock = std::chrono::steady_clock;

constexpr std::size_t part_bytes = std::size_t{1} << 20;
constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::seconds kAgainAfter{1};

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

[[noreturn]] void give_up(std::string_view why) {
  fmt::print(stderr, "http_load: {}\n", why);
  std::exit(1);
}

std::string random_hex() {
  std::array<unsigned char, 32> raw{};
  randombytes_buf(raw.data(), raw.size());
  std::string hex(2 * raw.size() + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), raw.data(), raw.size());
  hex.pop_back();
  return hex;
}

std::size_t content_length(std::string_view head) {
  constexpr std::string_view kName = "Content-Length: ";
  const auto at = head.find(kName);
  return at == std::string_view::npos ? 0 : std::strtoull(head.substr(at + kName.size()).data(), nullptr, 10);
}

// One connection, made when it is first needed and again after a refusal.
class Peer {
 public:
  Peer(asio::any_io_executor executor, std::uint16_t port) : socket_(executor), port_(port) {}

  // How often it was refused before it was answered with success.
  awaitable<std::size_t> ask(std::string_view method, const std::string& path, std::string_view header,
                             std::string_view body) {
    const auto head = fmt::format("{} {} HTTP/1.1\r\nHost: bench\r\n{}Content-Length: {}\r\n\r\n", method,
                                  path, header, body.size());
    for (std::size_t refused = 0;; ++refused) {
      const bool fine = co_await try_once(head, body);
      if (fine) co_return refused;
      socket_.close();
      unread_.clear();
      asio::steady_timer again(socket_.get_executor(), kAgainAfter);
      co_await again.async_wait(kAwait);
    }
  }

 private:
  awaitable<bool> try_once(const std::string& head, std::string_view body) {
    if (!socket_.is_open()) {
      const auto [error] = co_await socket_.async_connect({asio::ip::address_v4::loopback(), port_}, kAwait);
      if (error) give_up("nobody listens there");
      socket_.set_option(tcp::no_delay(true));
    }
    const std::array<asio::const_buffer, 2> whole{asio::buffer(head), asio::buffer(body)};
    // An error here is one of the answer's, too: who refuses does not read on.
    co_await asio::async_write(socket_, whole, kAwait);
    const auto [error, head_bytes] =
        co_await asio::async_read_until(socket_, asio::dynamic_buffer(unread_), "\r\n\r\n", kAwait);
    if (error) give_up("the server closed the connection");
    const auto answer = std::string_view(unread_).substr(0, head_bytes);
    const auto status = answer.substr(answer.find(' ') + 1, 3);
    const std::size_t end = head_bytes + content_length(answer);
    if (unread_.size() < end) {
      const auto have = unread_.size();
      unread_.resize(end);
      const auto [rest_error, rest] =
          co_await asio::async_read(socket_, asio::buffer(unread_.data() + have, end - have), kAwait);
      if (rest_error) give_up("the server closed the connection");
    }
    if (status == "503" || status == "429") co_return false;
    if (!status.starts_with("2")) give_up(unread_);
    unread_.erase(0, end);
    co_return true;
  }

  tcp::socket socket_;
  std::uint16_t port_;
  std::string unread_;
};

std::string read_all(const char* file) {
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (text.empty()) give_up("the blob is not there");
  return text;
}

double percentile(std::vector<double>& sorted, double share) {
  return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

struct Reports {
  std::uint16_t port;
  std::string blob;
  double seconds;
  std::size_t count_max;
  Clock::time_point start;
  std::size_t begun = 0;
  std::size_t refused = 0;
  std::vector<double> latencies;

  awaitable<void> run() {
    Peer peer(co_await asio::this_coro::executor, port);
    while (seconds_since(start) < seconds && begun < count_max) {
      ++begun;
      const auto asked = Clock::now();
      const auto path = "/v1/reports/" + random_hex();
      refused += co_await peer.ask("PUT", path, "Candour-Audience: ada,bo\r\n", blob);
      latencies.push_back(seconds_since(asked));
    }
  }
};

void reports(std::uint16_t port, const char* blob, int connections, double seconds, std::size_t count_max) {
  asio::io_context loop(1);
  Reports load{.port = port,
               .blob = read_all(blob),
               .seconds = seconds,
               .count_max = count_max,
               .start = Clock::now(),
               .latencies = {}};
  for (int i = 0; i < connections; ++i) asio::co_spawn(loop, load.run(), asio::detached);
  loop.run();
  const double taken = seconds_since(load.start);
  std::ranges::sort(load.latencies);
  fmt::print(R"({{"count": {}, "refused": {}, "rate": {}, "p50_ms": {}, "p99_ms": {}}})"
             "\n",
             load.latencies.size(), load.refused, static_cast<double>(load.latencies.size()) / taken,
             1e3 * percentile(load.latencies, 0.5), 1e3 * percentile(load.latencies, 0.99));
}

// One upload: its connections take the next part that nobody has taken; the last one to end finishes.
struct Upload {
  std::uint16_t port;
  std::string_view first;
  std::string_view other;
  std::size_t bytes;
  std::string sha256;
  std::string path = "/v1/uploads/" + random_hex();
  std::size_t next = 0;
  std::size_t refused = 0;
  int open = 0;

  std::string_view part(std::size_t index) const {
    const auto whole = index == 0 ? first : other;
    return whole.substr(0, std::min(part_bytes, bytes - index * part_bytes));
  }

  awaitable<void> run(int connections) {
    Peer peer(co_await asio::this_coro::executor, port);
    const auto body = fmt::format(R"({{"audience": ["ada","bo"], "bytes": {}}})", bytes);
    refused += co_await peer.ask("PUT", path, "", body);
    open = connections;
    for (int i = 1; i < connections; ++i)
      asio::co_spawn(co_await asio::this_coro::executor, send_more(), asio::detached);
    co_await send(peer);
  }

  awaitable<void> send_more() {
    Peer peer(co_await asio::this_coro::executor, port);
    co_await send(peer);
  }

  awaitable<void> send(Peer& peer) {
    while (next * part_bytes < bytes) {
      const auto index = next++;
      const auto to = fmt::format("{}/parts/{}", path, index);
      refused += co_await peer.ask("PUT", to, "", part(index));
    }
    if (--open > 0) co_return;
    const auto body = fmt::format(R"({{"sha256": "{}"}})", sha256);
    const auto to = path + "/finish";
    refused += co_await peer.ask("POST", to, "", body);
  }
};

std::string hash_of(const Upload& upload) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  for (std::size_t i = 0; i * part_bytes < upload.bytes; ++i) {
    const auto part = upload.part(i);
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(part.data()), part.size());
  }
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256_final(&state, hash.data());
  std::string hex(2 * hash.size() + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  hex.pop_back();
  return hex;
}

void uploads(std::uint16_t port, const char* blob, std::size_t count, int connections, std::size_t bytes) {
  const auto first = read_all(blob);
  std::string other(part_bytes, '\0');
  randombytes_buf(other.data(), other.size());
  Upload model{.port = port, .first = first, .other = other, .bytes = bytes, .sha256 = {}};
  model.sha256 = hash_of(model);
  std::vector<Upload> all(count, model);
  asio::io_context loop(1);
  const auto start = Clock::now();
  for (auto& upload : all) {
    upload.path = "/v1/uploads/" + random_hex();
    asio::co_spawn(loop, upload.run(connections), asio::detached);
  }
  loop.run();
  const double taken = seconds_since(start);
  std::size_t refused = 0;
  for (const auto& upload : all) refused += upload.refused;
  fmt::print(R"({{"seconds": {}, "refused": {}, "mb_per_s": {}}})"
             "\n",
             taken, refused, static_cast<double>(count * bytes) / taken / 1e6);
}

awaitable<void> swallow(tcp::socket socket) {
  std::string head;
  std::vector<char> scratch(std::size_t{64} << 10);
  for (;;) {
    const auto [error, head_bytes] =
        co_await asio::async_read_until(socket, asio::dynamic_buffer(head), "\r\n\r\n", kAwait);
    if (error) co_return;
    std::size_t left = content_length(head);
    const std::size_t have = std::min(left, head.size() - head_bytes);
    head.erase(0, head_bytes + have);
    left -= have;
    while (left > 0) {
      const auto [read_error, count] = co_await socket.async_read_some(
          asio::buffer(scratch.data(), std::min(left, scratch.size())), kAwait);
      if (read_error) co_return;
      left -= count;
    }
    constexpr std::string_view kAnswer = "HTTP/1.1 204 No Content\r\n\r\n";
    co_await asio::async_write(socket, asio::buffer(kAnswer), kAwait);
  }
}

awaitable<void> accept(tcp::acceptor& acceptor) {
  for (;;) {
    auto [error, socket] = co_await acceptor.async_accept(kAwait);
    if (error) co_return;
    socket.set_option(tcp::no_delay(true));
    asio::co_spawn(acceptor.get_executor(), swallow(std::move(socket)), asio::detached);
  }
}

void discard() {
  asio::io_context loop(1);
  tcp::acceptor acceptor(loop, {asio::ip::address_v4::loopback(), 0});
  asio::co_spawn(loop, accept(acceptor), asio::detached);
  fmt::print("{}\n", acceptor.local_endpoint().port());
  std::fflush(stdout);
  loop.run();  // until it is killed by whoever started it
}

}  // namespace

int main(int argc, char** argv) {
  if (sodium_init() < 0) return 1;
  const std::string_view mode = argc > 1 ? argv[1] : "";
  const auto number = [&](int at) { return argc > at ? std::strtoull(argv[at], nullptr, 10) : 0; };
  const auto port = static_cast<std::uint16_t>(number(2));
  if (mode == "discard") {
    discard();
  } else if (mode == "reports" && argc >= 6) {
    reports(port, argv[3], static_cast<int>(number(4)), std::atof(argv[5]),
            argc > 6 ? number(6) : ~std::size_t{0});
  } else if (mode == "uploads" && argc == 7) {
    uploads(port, argv[3], number(4), static_cast<int>(number(5)), number(6));
  } else {
    give_up("usage: see the first lines of http_load.cpp");
  }
  return 0;
}
