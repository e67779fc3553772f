// SPDX-License-Identifier: AGPL-3.0-or-later
// What is written in her own drops (docs/spec/drops.md): diary entries and "last opened"; and the diary as a file for a desk.

import { bytes_of_text, text_of_bytes, type Bytes } from "./bytes";
import { is_day, type Day } from "./day";
import { DROP_PLAIN_BYTES } from "./drop_index";
import * as json from "./json";
import { LABEL_DIARY_ENTRY, LABEL_LAST_OPENED } from "./labels";

export const DAYS_MARKED_MAX = 8;
/** Of an entry that was removed: not even its day is left. */
const NO_DAY: Day = "1970-01-01";

export interface Entry {
  readonly day: Day;
  /** Empty once it was removed. */
  readonly text: string;
}

export const REMOVED: Entry = { day: NO_DAY, text: "" };

/** May be longer than a drop: see entry_bytes_left(). */
export function encode_entry({ day, text }: Entry): Bytes {
  return bytes_of_text(JSON.stringify({ format: LABEL_DIARY_ENTRY, day, text: well_formed(text) }));
}

export function entry_bytes_left(text: string): number {
  return DROP_PLAIN_BYTES - encode_entry({ day: NO_DAY, text }).length;
}

/** Half a character (a lone surrogate, of pasted text) is no UTF-8 and could not be read again. */
export function well_formed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}

/** Null: not an entry. */
export function parse_entry(content: Bytes): Entry | null {
  return attempt(() => {
    const fields = json.as_object(json.parse_json(text_of_bytes(content)), "entry");
    if (fields["format"] !== LABEL_DIARY_ENTRY) return null;
    return { day: as_day(fields["day"]), text: json.as_text(fields["text"], "text", DROP_PLAIN_BYTES) };
  });
}

export function encode_last_opened(days: readonly Day[]): Bytes {
  return bytes_of_text(JSON.stringify({ format: LABEL_LAST_OPENED, days: days.slice(-DAYS_MARKED_MAX) }));
}

/** Newest last. Null: not such a list. */
export function parse_last_opened(content: Bytes): readonly Day[] | null {
  return attempt(() => {
    const fields = json.as_object(json.parse_json(text_of_bytes(content)), "last-opened");
    if (fields["format"] !== LABEL_LAST_OPENED) return null;
    return json.as_list(fields["days"], "days", DAYS_MARKED_MAX).map(as_day);
  });
}

function as_day(value: unknown): Day {
  if (typeof value !== "string" || !is_day(value)) throw new json.Malformed("day");
  return value;
}

function attempt<T>(read: () => T | null): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof json.Malformed || error instanceof TypeError) return null; // TypeError: not UTF-8
    throw error;
  }
}

/** Entries by day, days and entries in order: what she reads, and what a desk gets. */
export function by_day<T extends Entry>(entries: readonly T[]): { readonly day: Day; readonly entries: readonly T[] }[] {
  const days = [...new Set(entries.map((entry) => entry.day))].sort();
  return days.map((day) => ({ day, entries: entries.filter((entry) => entry.day === day) }));
}

/** Diary.txt. */
export function diary_file_text(entries: readonly Entry[]): string {
  return by_day(entries).map(({ day, entries: of_day }) => day + "\n\n" + of_day.map((entry) => entry.text + "\n\n").join("")).join("");
}

/** In pieces that each fit into an entry, broken between lines or words where that is possible. */
export function split_text(text: string): string[] {
  const pieces: string[] = [];
  for (let left = text.trim(); left !== ""; ) {
    const length = entry_bytes_left(left) >= 0 ? left.length : fitting_length(left);
    pieces.push(left.slice(0, length).trimEnd());
    left = left.slice(length).trimStart();
  }
  return pieces;
}

function fitting_length(text: string): number {
  let [fits, over] = [0, text.length];
  while (over - fits > 1) {
    const middle = (fits + over) >> 1;
    if (entry_bytes_left(text.slice(0, middle)) >= 0) fits = middle;
    else over = middle;
  }
  const breaks = ["\n", " "].map((mark) => text.lastIndexOf(mark, fits) + 1);
  const at = breaks.find((end) => end > fits / 2 && end <= fits) ?? fits;
  return /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) ? at - 1 : at; // never between the halves of a character
}
