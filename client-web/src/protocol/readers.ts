// SPDX-License-Identifier: AGPL-3.0-or-later
// Who is at a desk and who of them can receive, of a roster that was checked. No cryptography here: the page's own script uses it too.

import type { Caseworker, Desk, Roster } from "./roster";

/** Those of the desk who are not revoked, in the order of the roster: whom she may leave out. Some may be without a key for today. */
export function desk_members(roster: Roster, desk_id: string): readonly Caseworker[] {
  return roster.caseworkers.filter((c) => !c.revoked && c.desks.includes(desk_id));
}

/** Those of the desk who can receive today, in the order of the roster. */
export function desk_audience(roster: Roster, desk_id: string): readonly Caseworker[] {
  return desk_members(roster, desk_id).filter((c) => c.recipient !== null);
}

/** Desks that this version can write to: somebody can receive, and no threshold that it does not know. */
export function open_desks(roster: Roster): readonly Desk[] {
  return roster.desks.filter((desk) => desk.threshold === 1 && desk_audience(roster, desk.id).length > 0);
}

/** Those of the desk who can receive today, without the excluded; empty if the desk cannot be written to. */
export function readers(roster: Roster, desk: string, excluded: readonly string[]): readonly Caseworker[] {
  if (!open_desks(roster).some((open) => open.id === desk)) return [];
  return desk_audience(roster, desk).filter((c) => !excluded.includes(c.id));
}
