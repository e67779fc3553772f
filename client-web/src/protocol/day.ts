// SPDX-License-Identifier: AGPL-3.0-or-later
// Days are YYYY-MM-DD in UTC; as text they sort as they follow each other.

export type Day = string;

export function today(now: Date = new Date()): Day {
  return now.toISOString().slice(0, 10);
}

export function is_day(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) || text < "1970") return false;
  const time = Date.parse(text + "T00:00:00Z");
  return !Number.isNaN(time) && today(new Date(time)) === text; // refuses 30 February
}

export function days_between(from: Day, until: Day): number {
  return Math.round((Date.parse(until + "T00:00:00Z") - Date.parse(from + "T00:00:00Z")) / 86_400_000);
}

/** When it is worth looking for an answer: three days on, and not on a weekend. */
export function look_again_day(day: Day): Day {
  const date = new Date(day + "T00:00:00Z");
  date.setUTCDate(date.getUTCDate() + 3);
  while (date.getUTCDay() % 6 === 0) date.setUTCDate(date.getUTCDate() + 1);
  return today(date);
}
