// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/routes/readers.h"

#include <fmt/format.h>

#include <algorithm>

namespace candour::server {

std::expected<Audience, Problem> readers_without(const VerifiedRoster& roster, const DeskId& desk,
                                                 const std::vector<CaseworkerId>& left_out, Day today) {
  if (!roster->is_valid_on(today)) return std::unexpected(Problem::roster_expired);
  if (roster->find(desk) == nullptr) return std::unexpected(Problem::not_found);
  auto readers = audience_of(roster, desk, left_out, today);
  // What stock age seals one reader opens alone.
  if (!readers || readers->threshold != 1) return std::unexpected(Problem::unknown_audience);
  return std::move(*readers);
}

std::expected<Audience, Problem> readers_named(const VerifiedRoster& roster, const DeskId& desk,
                                               const std::vector<CaseworkerId>& readers, Day today) {
  auto all = readers_without(roster, desk, {}, today);
  if (!all) return all;
  std::erase_if(all->members, [&](const Audience::Member& member) {
    return std::ranges::find(readers, member.id) == readers.end();
  });
  if (all->members.empty() || all->members.size() != readers.size())
    return std::unexpected(Problem::unknown_audience);
  return all;
}

std::string recipients_file(const Roster& roster, const Audience& readers) {
  std::string text = fmt::format(
      "# {}: for whom to lock. List {}, good until {}.\n# age -R readers.txt -o locked.age FILE\n",
      roster.public_name, roster.version, roster.valid_until.encode());
  for (const Audience::Member& member : readers.members) {
    const Caseworker* caseworker = roster.find(member.id);
    text += fmt::format("# {}, key good until {}\n{}\n", caseworker->name,
                        caseworker->sealing_key->until.encode(), member.recipient);
  }
  return text;
}

}  // namespace candour::server
