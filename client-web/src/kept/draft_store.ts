// SPDX-License-Identifier: AGPL-3.0-or-later
// Her draft at the server: two halves that take turns, so that a save that is cut short leaves the one before; and a fragment is
// written only over the one that was read there, so that two windows cannot mix theirs (docs/spec/drops.md). In the Worker.

import { encode_hex, random_bytes, type Bytes } from "../protocol/bytes";
import { DRAFT_BYTES_MAX, encode_draft, encode_fragment, FRAGMENTS_MAX, join_fragments, parse_draft, parse_fragment, split_draft, type Draft, type Fragment, type WholeDraft } from "../protocol/draft";
import { open_drop, seal_drop } from "../protocol/drop";
import { deletion_token, draft_place } from "../protocol/own_drop";
import type { DropLine } from "../upload/drop_line";
import type { OwnKeys } from "./diary_store";

const HALVES = [0, 1] as const;
const SAVE_BYTES = 8;
const ATTEMPTS_MAX = 2;

/** elsewhere: another window or device has saved or removed it since it was read here; nothing was changed. */
export type SaveOutcome = "saved" | "elsewhere" | "too-long";

type Half = (Fragment | null)[];
const nothing = (): Half => Array.from({ length: FRAGMENTS_MAX }, () => null);

export class DraftStore {
  /** What lies in the eight places; null before it was read, and where a save was cut. */
  private there: readonly [Half, Half] | null;
  /** The saves that this window made or was shown: over another one it must not write unasked. */
  private readonly seen = new Set<string>();

  constructor(private readonly keys: OwnKeys, private readonly line: DropLine, fresh = false) {
    this.there = fresh ? [nothing(), nothing()] : null;
  }

  /** Null: no draft. What is shown so may be written over by the next save. */
  async load(): Promise<Draft | null> {
    await this.read_places();
    const newest = this.newest();
    this.seen.clear();
    if (newest !== null) this.seen.add(newest.save);
    return newest === null ? null : parse_draft(newest.content);
  }

  async save(draft: Draft): Promise<SaveOutcome> {
    const content = encode_draft(draft);
    if (content.length > DRAFT_BYTES_MAX) return "too-long";
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      if (this.there === null) await this.read_places();
      const newest = this.newest();
      const as_seen = newest === null ? this.seen.size === 0 : this.seen.has(newest.save);
      if (!as_seen) return "elsewhere";
      if (await this.write_all(content, (newest?.generation ?? -1) + 1)) return "saved";
      // Something else was there: of a window that was closed while it saved, or that is saving now. Reading tells.
    }
    return "elsewhere";
  }

  /** All eight places, whatever is there: the number of requests tells nothing. */
  private async read_places(): Promise<void> {
    this.there = null;
    const halves: Half[] = [];
    for (const half of HALVES) halves.push(await Promise.all(nothing().map((_, index) => this.fetch(half, index))));
    const [even = nothing(), odd = nothing()] = halves;
    this.there = [even, odd];
  }

  /** False, and nothing whole was changed: another window was faster. */
  private async write_all(content: Bytes, generation: number): Promise<boolean> {
    const halves = this.there ?? [nothing(), nothing()];
    const half = generation % 2 === 0 ? 0 : 1;
    const before = halves[half];
    const save = encode_hex(random_bytes(SAVE_BYTES));
    const fragments = split_draft(content, generation, save);
    this.there = null; // unknown until all of it is there
    this.seen.add(save);
    for (const fragment of fragments) {
      if (!(await this.write(half, fragment, before[fragment.index] ?? null))) return false;
    }
    for (const [index, old] of before.entries()) {
      if (old !== null && index >= fragments.length) await this.erase(half, index, old);
    }
    const after = nothing().map((_, index) => fragments[index] ?? null);
    this.there = half === 0 ? [after, halves[1]] : [halves[0], after];
    return true;
  }

  /** All of it is gone afterwards, also what another window has saved meanwhile. */
  async remove(): Promise<void> {
    await this.read_places();
    const halves = this.there ?? [nothing(), nothing()];
    this.there = null;
    for (const half of HALVES) {
      for (const [index, fragment] of halves[half].entries()) if (fragment !== null) await this.erase(half, index, fragment);
    }
    this.there = [nothing(), nothing()];
    this.seen.clear();
  }

  private newest(): WholeDraft | null {
    const whole = (this.there ?? []).flatMap((half) => join_fragments(half) ?? []);
    return whole.sort((a, b) => b.generation - a.generation)[0] ?? null;
  }

  private async fetch(half: number, index: number): Promise<Fragment | null> {
    const body = await this.line.get(draft_place(this.keys.diary_root, half, index).tag);
    const content = body === null ? null : await open_drop(body, this.keys.reply_seed);
    return content === null ? null : parse_fragment(content);
  }

  /** False: something else is there than was read, or no longer. */
  private async write(half: number, fragment: Fragment, over: Fragment | null): Promise<boolean> {
    const place = draft_place(this.keys.diary_root, half, fragment.index);
    const token = deletion_token(this.keys.diary_root, place.tag, fragment.save);
    const replaces = over === null ? null : deletion_token(this.keys.diary_root, place.tag, over.save);
    const outcome = await this.line.put(place, await seal_drop(encode_fragment(fragment), this.keys.reply_recipient), token, replaces);
    const removed_meanwhile = over !== null && outcome === "new";
    if (removed_meanwhile) await this.line.erase(place.tag, token);
    return outcome !== "taken" && !removed_meanwhile;
  }

  private async erase(half: number, index: number, fragment: Fragment): Promise<void> {
    const { tag } = draft_place(this.keys.diary_root, half, index);
    await this.line.erase(tag, deletion_token(this.keys.diary_root, tag, fragment.save));
  }
}
