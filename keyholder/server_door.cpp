// SPDX-License-Identifier: AGPL-3.0-or-later
#include "keyholder/server_door.h"

#include <algorithm>
#include <chrono>

#include "crypto/core/encoding.h"
#include "keyholder/interruption.h"
#include "protocol/limits.h"

namespace candour::keyholder {
namespace {

constexpr long unauthorized = 401;
constexpr long not_found = 404;
constexpr long conflict = 409;
constexpr std::size_t refusal_bytes_max = 4096;

std::unexpected<Error> refusal(long status) {
  if (status == unauthorized)
    return fail(Errc::refused,
                "the server does not know this holder: its roster has another key, or another sharing");
  if (status == not_found) return fail(Errc::not_found, "the server has no such batch");
  if (status == conflict)
    return fail(Errc::conflict, "the server has another answer of this holder. Does it run twice?");
  return fail(Errc::io, "the server refuses, or does not speak with holders: is it the right address?");
}

}  // namespace

ServerDoor::ServerDoor(const cli::ServerAddress& server, const Secret<32>& token)
    : client_(server), authorization_("Authorization: Secret " + hex_encode(token.reveal())) {
  client_.set_retries(1, std::chrono::milliseconds(0));
  client_.stop_when(is_interrupted);
}

Result<cli::HttpReply> ServerDoor::ask(const cli::HttpRequest& request, std::size_t reply_bytes_max) {
  auto reply = client_.send(request, reply_bytes_max);
  if (!reply) return fail(Errc::busy, "the server cannot be reached, or gives no answer");
  if (!reply->ok()) return refusal(reply->status);
  return *std::move(reply);
}

Result<std::string> ServerDoor::roster() {
  const auto reply = ask({.method = "GET", .path = "/v1/roster"}, limits::roster_bytes_max);
  if (!reply) return fail(reply);
  return std::string(as_text(reply->body));
}

Result<Bytes> ServerDoor::waiting() {
  constexpr std::size_t batches = limits::batches_read_max * limits::blinded_batch_bytes;
  auto reply = ask({.method = "GET", .path = "/v1/batches", .headers = {authorization_}},
                   std::max(batches, refusal_bytes_max));
  if (!reply && reply.error().code == Errc::not_found)
    return fail(Errc::refused,
                "the server's roster says nothing of matching, or this is not its listener for holders");
  if (!reply) return fail(reply);
  return std::move(reply->body);
}

Result<> ServerDoor::put(const HolderAnswer& answer) {
  const auto reply = ask({.method = "PUT",
                          .path = "/v1/batches/" + hex_encode(answer.batch),
                          .headers = {authorization_, "Content-Type: application/octet-stream"},
                          .body = answer.evaluation},
                         refusal_bytes_max);
  if (!reply) return fail(reply);
  return {};
}

}  // namespace candour::keyholder
