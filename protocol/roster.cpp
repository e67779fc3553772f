// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/roster.h"

#include <algorithm>

#include "protocol/contains.h"
#include "protocol/limits.h"
#include "protocol/roster_read.h"

namespace candour {

bool Caseworker::is_at(const DeskId& desk) const { return contains(desks, desk); }

const Desk* Roster::find(const DeskId& id) const {
  const auto at = std::ranges::find(desks, id, &Desk::id);
  return at == desks.end() ? nullptr : &*at;
}

const Caseworker* Roster::find(const CaseworkerId& id) const {
  const auto at = std::ranges::find(caseworkers, id, &Caseworker::id);
  return at == caseworkers.end() ? nullptr : &*at;
}

const Caseworker* Roster::find_active(const CaseworkerId& id) const {
  const Caseworker* caseworker = find(id);
  return caseworker == nullptr || caseworker->revoked ? nullptr : caseworker;
}

std::size_t Roster::desk_size(const DeskId& id) const {
  return static_cast<std::size_t>(std::ranges::count_if(caseworkers, [&](const Caseworker& caseworker) {
    return !caseworker.revoked && caseworker.is_at(id);
  }));
}

Result<Roster> parse_roster(std::string_view json) { return read_roster(json, RosterKind::signed_text); }

Result<VerifiedRoster> verify_roster_signatures(std::string_view note, const Pin& pin) {
  if (note.size() > limits::roster_bytes_max) return fail(Errc::too_large, "the roster is larger than 1 MiB");
  if (!parse_note(note)) return fail(Errc::malformed, "not a signed roster");
  // verify_note() does not tell "no pinned key" from "too few": the one is another organisation's roster, the other
  // one on its way to the next root key holder.
  const auto signed_by_one = verify_note(note, pin.root_keys(), 1);
  if (!signed_by_one && signed_by_one.error().code == Errc::no_match) {
    return fail(Errc::no_match, "the roster is unsigned: no pinned root key has signed it");
  }
  if (!signed_by_one)
    return fail(Errc::not_authentic, "a signature on the roster is wrong: it has been altered");
  const auto verified = verify_note(note, pin.root_keys(), pin.quorum());
  if (!verified) {
    return fail(Errc::no_match, "the roster has too few signatures: more root key holders must sign it");
  }
  auto roster = parse_roster(verified->text());
  if (!roster) return fail(roster);
  return VerifiedRoster(std::move(*roster), std::string(note), sha256(as_bytes(verified->text())));
}

Result<VerifiedRoster> verify_roster(std::string_view note, const Pin& pin, Day today,
                                     const std::optional<RosterSeen>& last_seen) {
  auto verified = verify_roster_signatures(note, pin);
  if (!verified) return verified;
  const Roster& roster = verified->roster();
  if (today < roster.valid_from) {
    return fail(Errc::expired, "the roster is not yet valid: check the clock of this machine");
  }
  if (roster.valid_until < today) {
    return fail(Errc::expired, "the roster has expired: the steward must sign a new one");
  }
  if (last_seen && roster.version < last_seen->version) {
    return fail(Errc::outdated, "the roster is older than the one already seen");
  }
  if (last_seen && roster.version == last_seen->version &&
      verified->text_sha256() != last_seen->text_sha256) {
    return fail(Errc::conflict,
                "the roster has the same version as the one already seen, but a different text");
  }
  return verified;
}

}  // namespace candour
