// SPDX-License-Identifier: AGPL-3.0-or-later
// Why reporting is not possible at the moment.

import type { RosterCheck } from "./protocol/roster";

export type Trouble =
  | { readonly kind: "unreachable" | "pin" | "nobody" }
  | { readonly kind: "roster"; readonly check: RosterCheck };

/** To what is hers alone: also with a list that may be out of date, but is not false. */
export function may_come_back(trouble: Trouble | null): boolean {
  return trouble?.kind === "nobody" || (trouble?.kind === "roster" && trouble.check.reads);
}
