// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/net/roster_source.h"

#include "client-cli/net/problem.h"
#include "protocol/limits.h"

namespace candour::cli {
namespace {

Outcome<HttpReply> fetch(HttpClient& server) {
  auto reply = server.send({.method = "GET", .path = "/v1/roster"}, limits::roster_bytes_max);
  if (reply && !reply->ok()) return std::unexpected(failure_of(*reply));
  return reply;
}

}  // namespace

Outcome<VerifiedRoster> fetch_roster(HttpClient& server, const RosterMemory& memory, Day today) {
  auto reply = fetch(server);
  if (!reply) return fail(reply);
  auto roster = memory.accept(as_text(reply->body), today);
  if (!roster) return fail_about("the server's roster", roster);
  return roster;
}

Outcome<VerifiedRoster> fetch_signed_roster(HttpClient& server, const Pin& pin) {
  auto reply = fetch(server);
  if (!reply) return fail(reply);
  auto roster = verify_roster_signatures(as_text(reply->body), pin);
  if (!roster) return fail_about("the server's roster", roster);
  return *std::move(roster);
}

}  // namespace candour::cli
