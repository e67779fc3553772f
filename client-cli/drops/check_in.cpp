// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/drops/check_in.h"

#include <set>

#include "client-cli/net/problem.h"

namespace candour::cli {

Outcome<DropIndex> fetch_index(HttpClient& server) {
  auto reply = server.send({.method = "GET", .path = "/v1/drops"}, index_bytes_max);
  if (!reply) return fail(reply);
  if (reply->status == 401 || reply->status == 404 || reply->status == 405) {
    return fail_with(
        Errc::not_found,
        "the server has no messages for reporters at this address; perhaps it is the desk's, for "
        "caseworkers. --server wants the one that reports are sent to.");
  }
  if (!reply->ok()) return std::unexpected(failure_of(*reply));
  auto index = DropIndex::parse(reply->body);
  if (!index) return fail(index);
  return *std::move(index);
}

Outcome<std::map<DropTag, Bytes>> fetch_slots(HttpClient& server, const DropIndex& index,
                                              std::vector<DropTag> wanted, unsigned slots) {
  const std::set<DropTag> hers(wanted.begin(), wanted.end());
  std::map<DropTag, Bytes> bodies;
  for (unsigned slot = 0; slot < slots; ++slot) {
    for (const DropTag& tag : next_slot(wanted, index)) {
      auto reply = server.send({.method = "GET", .path = "/v1/drops/" + tag.encode()});
      if (!reply) return fail(reply);
      if (reply->ok() && hers.contains(tag)) bodies.insert_or_assign(tag, std::move(reply->body));
    }
  }
  return bodies;
}

}  // namespace candour::cli
