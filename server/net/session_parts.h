// SPDX-License-Identifier: AGPL-3.0-or-later
// What the files of a session share (session.cpp: its life, heads and answers; session_body.cpp: bodies). Internal to server/net.
#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/post.hpp>

#include <cstddef>
#include <utility>

#include "server/http/response.h"

namespace candour::server {

// Bodies and answers up to this size are bounded by the number of connections alone, so that signing in never
// waits for room.
inline constexpr std::size_t tiny_body_bytes = std::size_t{16} << 10;

// Brings an answer from whatever thread back to the one that waits for it.
template <class Handler>
Reply reply_on_loop(Handler done) {
  auto executor = boost::asio::get_associated_executor(done);
  return Reply([done = std::move(done), executor](Reply::Make make) mutable {
    boost::asio::post(
        executor, [done = std::move(done), make = std::move(make)]() mutable { std::move(done)(make()); });
  });
}

inline void drop_front(Bytes& bytes, std::size_t count) {
  bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count));
  if (bytes.empty()) Bytes().swap(bytes);  // an idle connection owns no buffer
}

}  // namespace candour::server
