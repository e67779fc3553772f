// SPDX-License-Identifier: AGPL-3.0-or-later
// Days as people say them, in the language of this visit.

import type { Day } from "./protocol/day";
import { spoken } from "./words";
import { day_in } from "./words/platform";

export function day_text(day: Day): string {
  return day_in(spoken.locale, day, { weekday: "long", day: "numeric", month: "long" });
}

/** With the year, for what may be old. */
export function full_day_text(day: Day): string {
  return day_in(spoken.locale, day, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}
