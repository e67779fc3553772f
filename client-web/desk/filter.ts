// SPDX-License-Identifier: AGPL-3.0-or-later
// Which cases of the inbox are shown; they stay in the tool's order.

import { is_led_by } from "./lead";
import type { Row } from "./shapes";

export interface Filter {
  readonly status: string; // empty: any
  readonly mine: boolean;
  readonly led: boolean;
  readonly unread: boolean;
  readonly danger: boolean;
}

export const NO_FILTER: Filter = { status: "", mine: false, led: false, unread: false, danger: false };

/** found: by a search, or null where nothing is searched for. */
export function filtered(rows: readonly Row[], filter: Filter, found: ReadonlySet<string> | null, me: string): readonly Row[] {
  return rows.filter((row) =>
    (filter.status === "" || row.status === filter.status) && (!filter.mine || row.mine) && (!filter.led || is_led_by(row, me))
    && (!filter.unread || row.unread) && (!filter.danger || row.danger) && (found === null || found.has(row.id)));
}
