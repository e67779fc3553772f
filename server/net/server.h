// SPDX-License-Identifier: AGPL-3.0-or-later
// The loop: listeners, their connections, signals and timers, all on the one thread that calls `run`.
// Handlers run on it too and must not wait; what they start elsewhere answers through Reply from wherever it
// is. Measured: the writer to disk is the limit, a second thread here would gain nothing.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "crypto/core/result.h"
#include "server/http/router.h"
#include "server/net/address.h"
#include "server/net/limits.h"
#include "server/net/proxy_header.h"

namespace candour::server {

class Server {
 public:
  explicit Server(const Limits& limits);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // On the loop's thread. For what begins from now on; bodies_bytes_max stays as it was.
  void set_limits(const Limits& limits);

  // Before `run`. The router must outlive this. Gives the address with the port that was chosen for port 0.
  Result<Address> listen(const Address& address, Preamble preamble, const Router& router);
  void on_signal(int signal, std::function<void()> action);
  void after(std::chrono::seconds delay, std::function<void()> action);
  // Has `action` run on the loop's thread. The one function that any thread may call.
  void post(std::move_only_function<void()> action);

  // Returns after `stop`, when the last connection is gone.
  void run();
  // On the loop's thread. No new connections, no further requests; those under way are finished, within a
  // bound.
  void stop();

 private:
  struct Loop;
  std::unique_ptr<Loop> loop_;
};

}  // namespace candour::server
