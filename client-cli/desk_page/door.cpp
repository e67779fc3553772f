// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk_page/door.h"

#include "client-cli/desk_page/answers.h"
#include "client-cli/desk_page/token.h"
#include "crypto/core/compare.h"

namespace candour::cli {
namespace {

constexpr std::uint16_t unauthorized = 401;
constexpr std::uint16_t forbidden = 403;
constexpr std::string_view bearer = "Bearer ";

bool is_known(const std::optional<Digest>& known, std::string_view token) {
  return known && equal_constant_time(*known, sha256(as_bytes(token)));
}

}  // namespace

std::string Door::make_way() {
  const std::string way = make_token();
  const std::scoped_lock lock(mutex_);
  way_ = sha256(as_bytes(way));
  wrong_ways_ = 0;
  return way;
}

std::optional<server::Response> Door::refuse_stranger(const server::Request& request) const {
  if (request.host != host_)
    return error_answer(forbidden,
                        "this is not the address of this desk. Use the one that the terminal shows.");
  const bool foreign = !request.origin.empty() && request.origin != "http://" + host_;
  const bool sent_by_other =
      !request.fetch_site.empty() && request.fetch_site != "same-origin" && request.fetch_site != "none";
  if (foreign || sent_by_other)
    return error_answer(forbidden,
                        "another web page asked for this. The desk answers to its own page alone.");
  return std::nullopt;
}

std::optional<server::Response> Door::refuse_without_session(const server::Request& request) const {
  if (auto refusal = refuse_stranger(request)) return refusal;
  std::string_view token = request.authorization;
  if (token.starts_with(bearer) && is_known(session_, token.substr(bearer.size()))) return std::nullopt;
  return error_answer(unauthorized,
                      "this page is not signed in at this desk, or another one is since. Press Enter in the "
                      "terminal for a new address.");
}

std::optional<std::string> Door::enter(std::string_view way) {
  const std::scoped_lock lock(mutex_);
  if (!is_known(way_, way)) {
    if (++wrong_ways_ >= wrong_ways_max) way_.reset();
    return std::nullopt;
  }
  way_.reset();
  std::string session = make_token();
  session_ = sha256(as_bytes(session));
  return session;
}

}  // namespace candour::cli
