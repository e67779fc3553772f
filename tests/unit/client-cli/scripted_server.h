// SPDX-License-Identifier: AGPL-3.0-or-later
// A server that says exactly what the test wrote down, on a Unix socket, and a client of it.
#pragma once

#include <sys/socket.h>
#include <sys/un.h>

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "client-cli/files/descriptor.h"
#include "client-cli/net/http_client.h"
#include "file_state.h"

namespace candour::cli::test {

// From the whole request.
using Answering = std::function<std::string(std::string_view)>;

// Takes one connection for each answer, reads one request, gives the answer and hangs up.
class ScriptedServer {
 public:
  ScriptedServer(const std::string& path, std::vector<Answering> answers) : answers_(std::move(answers)) {
    listener_ = Descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    REQUIRE(path.size() < sizeof address.sun_path);
    std::memcpy(address.sun_path, path.c_str(), path.size());
    REQUIRE(::bind(listener_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::listen(listener_.get(), 8) == 0);
    thread_ = std::thread([this] { serve(); });
  }
  ~ScriptedServer() { finish(); }
  // The requests that came; waits until every answer has been given.
  const std::vector<std::string>& finish() {
    if (thread_.joinable()) thread_.join();
    return requests_;
  }

 private:
  // Head and body have come: to hang up on unread bytes would take the answer along.
  static bool is_whole(std::string_view request) {
    const std::size_t end = request.find("\r\n\r\n");
    if (end == std::string_view::npos) return false;
    constexpr std::string_view name = "Content-Length: ";
    const std::size_t length = request.find(name);
    const std::size_t body = length == std::string_view::npos
                                 ? 0
                                 : std::stoul(std::string(request.substr(length + name.size(), 9)));
    return request.size() >= end + 4 + body;
  }
  void serve() {
    for (const Answering& answering : answers_) {
      const Descriptor client(::accept(listener_.get(), nullptr, nullptr));
      std::string request(65536, '\0');
      std::size_t size = 0;
      while (!is_whole(std::string_view(request).substr(0, size))) {
        const ssize_t got = ::recv(client.get(), request.data() + size, request.size() - size, 0);
        if (got <= 0) break;
        size += static_cast<std::size_t>(got);
      }
      request.resize(size);
      requests_.push_back(request);
      const std::string answer = answering(request);
      (void)::send(client.get(), answer.data(), answer.size(), MSG_NOSIGNAL);
    }
  }
  Descriptor listener_;
  std::vector<Answering> answers_;
  std::vector<std::string> requests_;
  std::thread thread_;
};

inline std::vector<Answering> as_written(std::vector<std::string> answers) {
  std::vector<Answering> all;
  for (std::string& answer : answers) all.emplace_back([answer](std::string_view) { return answer; });
  return all;
}

struct Server {
  explicit Server(std::vector<Answering> answers) : scripted(folder.path("s"), std::move(answers)) {
    client.set_retries(3, std::chrono::milliseconds(1));
  }
  explicit Server(std::vector<std::string> answers) : Server(as_written(std::move(answers))) {}
  TemporaryFolder folder;
  ScriptedServer scripted;
  HttpClient client{parse_server_address("unix:" + folder.path("s"), "").value()};
};

inline std::string answer(const std::string& status, const std::string& body,
                          const std::string& headers = "") {
  return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers +
         "\r\n" + body;
}

}  // namespace candour::cli::test
