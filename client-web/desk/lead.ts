// SPDX-License-Identifier: AGPL-3.0-or-later
// Who leads a case, and who looks after it today; and its status, with whether somebody else has looked at its closure.

import type { Cover } from "./shapes";
import { say, short_day } from "./words";

interface Led {
  readonly lead: string | null;
  readonly cover: Cover | null;
}

/** Of a list or a case; names may be anything, and are made visible by whoever shows this. */
export function lead_words({ lead, cover }: Led, me: string, name_of: (id: string) => string): string {
  const words = say.inbox;
  const led = lead === null ? words.led_by_nobody : lead === me ? words.led_by_me : words.led_by(name_of(lead));
  if (cover === null) return led;
  const until = short_day(cover.until);
  return led + (cover.by === me ? say.daily.covered_by_me(until) : say.daily.covered(name_of(cover.by), until));
}

/** She leads it, or looks after it meanwhile. */
export function is_led_by({ lead, cover }: Led, who: string): boolean {
  return lead === who || cover?.by === who;
}

export function status_words({ status, signed_off }: { readonly status: string; readonly signed_off: ReadonlyMap<string, string> }): string {
  if (status === "closed" && !signed_off.has("closure")) return say.daily.closed_unsigned;
  return say.status[status] ?? status;
}
