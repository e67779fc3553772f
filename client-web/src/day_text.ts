// SPDX-License-Identifier: AGPL-3.0-or-later
// Days as people say them. In UTC, as they are written in what is signed.

import type { Day } from "./protocol/day";
import { say } from "./words";

export function day_text(day: Day): string {
  return new Intl.DateTimeFormat(say.language, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" }).format(new Date(day + "T00:00:00Z"));
}
