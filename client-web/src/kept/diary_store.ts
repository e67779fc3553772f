// SPDX-License-Identifier: AGPL-3.0-or-later
// Her diary at the server: entries under numbers without gaps, sealed to herself (docs/spec/drops.md). In the Worker.

import type { ReporterKeys } from "../protocol/codename";
import { days_between, type Day } from "../protocol/day";
import { encode_entry, parse_entry, REMOVED, type Entry } from "../protocol/diary_text";
import { open_drop, seal_drop } from "../protocol/drop";
import { deletion_token, entry_place } from "../protocol/own_drop";
import type { Bytes } from "../protocol/bytes";
import { in_random_order } from "../protocol/random";
import type { DropLine } from "../upload/drop_line";

const MISSING_IN_A_ROW_MAX = 4;
const REFRESHED_AFTER_DAYS = 365;

export interface NumberedEntry extends Entry {
  readonly number: number;
}

/** What lies under a number; entry is null where it cannot be read. */
interface Found {
  readonly number: number;
  readonly body: Bytes;
  readonly entry: Entry | null;
}

export type OwnKeys = Pick<ReporterKeys, "diary_root" | "reply_seed" | "reply_recipient">;

export class DiaryStore {
  private found: Found[] = [];
  /** The number of the next entry; null before anything was read. */
  private next: number | null;

  /** fresh: the codename was made a moment ago, so there is nothing to read. */
  constructor(private readonly keys: OwnKeys, private readonly line: DropLine, fresh = false) {
    this.next = fresh ? 0 : null;
  }

  /** All that is there, four at a time. */
  async read(): Promise<void> {
    const found: Found[] = [];
    for (let number = 0, missing = 0; missing < MISSING_IN_A_ROW_MAX; number += MISSING_IN_A_ROW_MAX) {
      const numbers = Array.from({ length: MISSING_IN_A_ROW_MAX }, (_, i) => number + i);
      const bodies = await Promise.all(numbers.map((n) => this.line.get(entry_place(this.keys.diary_root, n).tag)));
      for (const [i, body] of bodies.entries()) {
        missing = body === null ? missing + 1 : 0;
        if (body !== null) found.push({ number: number + i, body, entry: await this.open(body) });
        if (missing === MISSING_IN_A_ROW_MAX) break;
      }
    }
    this.found = found;
    this.next = (found.at(-1)?.number ?? -1) + 1;
  }

  get entries(): readonly NumberedEntry[] {
    return this.found.flatMap(({ number, entry }) => (entry !== null && entry.text !== "" ? [{ number, ...entry }] : []));
  }

  get unreadable(): number {
    return this.found.filter(({ entry }) => entry === null).length;
  }

  async add(entry: Entry): Promise<void> {
    if (this.next === null) await this.read();
    const body = await seal_drop(encode_entry(entry), this.keys.reply_recipient);
    for (;;) {
      const number = this.next ?? 0;
      const place = entry_place(this.keys.diary_root, number);
      const outcome = await this.line.put(place, body, deletion_token(this.keys.diary_root, place.tag));
      this.next = number + 1;
      if (outcome !== "taken") return void this.found.push({ number, body, entry });
      const other = await this.line.get(place.tag); // of another window
      if (other !== null) this.found.push({ number, body: other, entry: await this.open(other) });
    }
  }

  /** Its words are gone; its number stays, so that there is no gap. */
  async remove(number: number): Promise<void> {
    const place = entry_place(this.keys.diary_root, number);
    const token = deletion_token(this.keys.diary_root, place.tag);
    const body = await seal_drop(encode_entry(REMOVED), this.keys.reply_recipient);
    await this.line.put(place, body, token, token);
    this.found = this.found.map((found) => (found.number === number ? { number, body, entry: REMOVED } : found));
  }

  /** So that they do not come to their end: each that is a year old put again, alike. In any order, for a visit may be too short for
   *  all. One that was removed has no day, and is as old as the next that was not: it only keeps the numbers without a gap. */
  async refresh(today: Day, line: DropLine): Promise<void> {
    const old: Found[] = [];
    let day: Day | null = null;
    for (const found of [...this.found].reverse()) {
      if (found.entry !== null && found.entry.text !== "") day = found.entry.day;
      if (day !== null && days_between(day, today) > REFRESHED_AFTER_DAYS) old.push(found);
    }
    for (const found of in_random_order(old)) {
      const place = entry_place(this.keys.diary_root, found.number);
      // Where it was removed meanwhile, the server says "taken", and that is well.
      await line.put(place, found.body, deletion_token(this.keys.diary_root, place.tag));
    }
  }

  /** For a codename that is given up: all that can be read, removed entries too. From the end, so that a cut leaves no gap. */
  async erase_all(done: (left: number) => void): Promise<void> {
    for (const { number, entry } of [...this.found].reverse()) {
      if (entry === null) continue;
      const { tag } = entry_place(this.keys.diary_root, number);
      await this.line.erase(tag, deletion_token(this.keys.diary_root, tag));
      this.found = this.found.filter((found) => found.number !== number);
      done(this.found.length);
    }
  }

  private async open(body: Bytes): Promise<Entry | null> {
    const content = await open_drop(body, this.keys.reply_seed);
    return content === null ? null : parse_entry(content);
  }
}
