// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>

#include "crypto/core/labels.h"
#include "protocol/roster.h"

namespace candour {

std::vector<CaseworkerId> Audience::ids() const {
  std::vector<CaseworkerId> ids;
  for (const Member& member : members) ids.push_back(member.id);
  return ids;
}

Result<Audience> audience_of(const VerifiedRoster& verified, const DeskId& desk_id,
                             const std::vector<CaseworkerId>& excluded, Day today) {
  const Roster& roster = verified.roster();
  if (!roster.is_valid_on(today))
    return fail(Errc::expired, "the roster is not valid today: fetch a new one");
  const Desk* desk = roster.find(desk_id);
  if (desk == nullptr) return fail(Errc::not_found, "there is no such desk: choose one of the roster");
  Audience audience{desk_id, desk->threshold, {}, excluded};
  std::ranges::sort(audience.excluded);
  const auto twice = std::ranges::unique(audience.excluded);
  audience.excluded.erase(twice.begin(), twice.end());
  for (const CaseworkerId& id : audience.excluded) {
    const Caseworker* caseworker = roster.find(id);
    if (caseworker == nullptr || !caseworker->is_at(desk_id)) {
      return fail(Errc::not_found, "there is nobody of that name at this desk to leave out: check the name");
    }
    if (caseworker->revoked)
      return fail(Errc::refused, "somebody to leave out no longer works here, and cannot read it anyway");
  }
  for (const Caseworker& caseworker : roster.caseworkers) {
    if (!caseworker.is_at(desk_id) || !caseworker.may_receive(today)) continue;
    if (std::ranges::binary_search(audience.excluded, caseworker.id)) continue;
    audience.members.push_back({caseworker.id, caseworker.sealing_key->recipient});
  }
  if (audience.members.size() < desk->threshold) {
    return fail(Errc::refused, desk->threshold == 1
                                   ? Literal("nobody is left at this desk to read it: leave out fewer people "
                                             "or choose another desk")
                                   : Literal("too few are left at this desk to open it together: leave out "
                                             "fewer people or choose another desk"));
  }
  std::ranges::sort(audience.members, {}, &Audience::Member::id);
  return audience;
}

namespace {

bool are_at(const Roster& roster, const DeskId& desk, const std::vector<CaseworkerId>& audience) {
  return std::ranges::all_of(audience, [&](const CaseworkerId& id) {
    const Caseworker* caseworker = roster.find_active(id);
    return caseworker != nullptr && caseworker->is_at(desk);
  });
}

}  // namespace

Result<> check_audience(const Roster& roster, const std::vector<CaseworkerId>& audience) {
  constexpr Literal message =
      "the audience is not a set of caseworkers of one desk: fetch the roster and try again";
  if (audience.empty() || audience.size() > roster.places) return fail(Errc::refused, message);
  if (std::ranges::adjacent_find(audience, std::ranges::greater_equal{}) != audience.end()) {
    return fail(Errc::refused, message);
  }
  const bool share_a_desk =
      std::ranges::any_of(roster.desks, [&](const Desk& desk) { return are_at(roster, desk.id, audience); });
  if (!share_a_desk) return fail(Errc::refused, message);
  return {};
}

std::vector<unsigned> thresholds_for(const Roster& roster, const std::vector<CaseworkerId>& audience) {
  std::vector<unsigned> thresholds;
  for (const Desk& desk : roster.desks)
    if (audience.size() >= desk.threshold && are_at(roster, desk.id, audience))
      thresholds.push_back(desk.threshold);
  return thresholds;
}

Digest audience_sha256(const std::vector<CaseworkerId>& audience) {
  std::string text(label::audience);
  for (const CaseworkerId& id : audience) text += "audience " + id.text() + '\n';
  return sha256(as_bytes(text));
}

Result<std::vector<CaseworkerId>> parse_audience_header(std::string_view text) {
  std::vector<CaseworkerId> audience;
  while (true) {
    const auto comma = text.find(',');
    auto id = CaseworkerId::parse(text.substr(0, comma));
    if (!id) return fail(id);
    if (!audience.empty() && *id <= audience.back()) {
      return fail(Errc::malformed, "the ids of an audience are sorted, none twice");
    }
    audience.push_back(std::move(*id));
    if (comma == std::string_view::npos) return audience;
    text.remove_prefix(comma + 1);
  }
}

std::string encode_audience_header(const std::vector<CaseworkerId>& audience) {
  std::string text;
  for (const CaseworkerId& id : audience) {
    if (!text.empty()) text += ',';
    text += id.text();
  }
  return text;
}

}  // namespace candour
