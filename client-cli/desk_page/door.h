// SPDX-License-Identifier: AGPL-3.0-or-later
// Who may speak with the desk page's tool (docs/spec/desk.md "The listener"): the right Host and Origin, then a way in that is good
// once, then a session. Two threads: the terminal's makes ways, the loop's does all else.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/core/hash.h"
#include "server/http/request.h"
#include "server/http/response.h"

namespace candour::cli {

class Door {
 public:
  static constexpr unsigned wrong_ways_max = 10;

  // Before anything is answered. `host`: "127.0.0.1:PORT".
  void set_host(std::string host) { host_ = std::move(host); }
  // 64 hex digits; the one before is good no more.
  std::string make_way();

  // Of every request: nothing, or why it is refused.
  std::optional<server::Response> refuse_stranger(const server::Request& request) const;
  // Of a request that wants a session as well.
  std::optional<server::Response> refuse_without_session(const server::Request& request) const;
  // A session, which ends the one before, for a way that is good; nothing for any other.
  std::optional<std::string> enter(std::string_view way);

 private:
  std::string host_;
  std::mutex mutex_;
  std::optional<Digest> way_;
  unsigned wrong_ways_ = 0;
  std::optional<Digest> session_;
};

}  // namespace candour::cli
