// SPDX-License-Identifier: AGPL-3.0-or-later
// The index of drops (docs/spec/drops.md): every tag that there is, most of them nobody's. No key and no secret here: the check-in
// Worker, which must behave alike for everybody, has nothing else.

import { encode_hex, type Bytes } from "./bytes";
import { random_below } from "./random";

/** 16 hex digits, as in the address of a body. */
export type Tag = string;

export const TAG_BYTES = 8;
export const DROP_BODY_BYTES = 18043;
export const DROP_PLAIN_BYTES = 16384;
const TAGS_MIN = 1024;
const TAGS_MAX = 65536;

export class DropIndex {
  private readonly known: ReadonlySet<Tag>;

  private constructor(readonly tags: readonly Tag[]) {
    this.known = new Set(tags);
  }

  /** Null unless it is a power of two of tags within the bounds, ascending, none twice. */
  static parse(bytes: Bytes): DropIndex | null {
    const count = bytes.length / TAG_BYTES;
    if (!Number.isInteger(Math.log2(count)) || count < TAGS_MIN || count > TAGS_MAX) return null;
    const tags = Array.from({ length: count }, (_, i) => encode_hex(bytes.subarray(i * TAG_BYTES, (i + 1) * TAG_BYTES)));
    return tags.every((tag, i) => i === 0 || (tags[i - 1] ?? "") < tag) ? new DropIndex(tags) : null;
  }

  has(tag: Tag): boolean {
    return this.known.has(tag);
  }

  /** Any of the whole index, each alike, but for those in `without`, which must be far fewer. */
  pick(without: readonly Tag[]): Tag {
    for (;;) {
      const tag = this.tags[random_below(this.tags.length)];
      if (tag !== undefined && !without.includes(tag)) return tag;
    }
  }
}
