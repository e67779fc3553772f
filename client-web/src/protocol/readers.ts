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

/** Those who match reports and can receive today, without the excluded; nobody where reports are not matched. */
export function match_audience(roster: Roster, excluded: readonly string[]): readonly Caseworker[] {
  const group = roster.matching?.group ?? [];
  return roster.caseworkers.filter((c) => group.includes(c.id) && c.recipient !== null && !excluded.includes(c.id));
}

/** Desks that can be written to: of those who can receive today, there are as many as it takes to open a report. */
export function open_desks(roster: Roster): readonly Desk[] {
  return roster.desks.filter((desk) => desk_audience(roster, desk.id).length >= desk.threshold);
}

/** How many it takes to open a report of the desk: 1 where anybody of it can, alone. */
export function threshold_of(roster: Roster, desk_id: string): number {
  return roster.desks.find((desk) => desk.id === desk_id)?.threshold ?? Number.POSITIVE_INFINITY;
}

/** Those of the desk who can receive today, without the excluded; empty if they could not open a report. */
export function readers(roster: Roster, desk_id: string, excluded: readonly string[]): readonly Caseworker[] {
  const left = desk_audience(roster, desk_id).filter((c) => !excluded.includes(c.id));
  return left.length >= threshold_of(roster, desk_id) ? left : [];
}
