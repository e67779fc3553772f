// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/net/roster_source.h"

#include "client-cli/net/problem.h"
#include "protocol/limits.h"

namespace candour::cli {

Outcome<VerifiedRoster> fetch_roster(HttpClient& server, const RosterMemory& memory, Day today) {
  auto reply = server.send({.method = "GET", .path = "/v1/roster"}, limits::roster_bytes_max);
  if (!reply) return fail(reply);
  if (!reply->ok()) return std::unexpected(failure_of(*reply));
  auto roster = memory.accept(as_text(reply->body), today);
  if (!roster) return fail_about("the server's roster", roster);
  return roster;
}

}  // namespace candour::cli
