// SPDX-License-Identifier: AGPL-3.0-or-later
// Which four bodies are asked for next (docs/spec/drops.md). Hers hide among others, and nothing that the server does to one body may
// show whose it was: what had no answer is asked for again in the next slot, hers or not.

import { type DropIndex, type Tag } from "../protocol/drop_index";
import { in_random_order } from "../protocol/random";

export const BODIES_IN_A_SLOT = 4;

export class Slots {
  private hers: readonly Tag[] = [];
  private readonly had = new Set<Tag>();
  private unanswered: Tag[] = [];

  constructor(private readonly index: Pick<DropIndex, "pick">) {}

  /** Hers, in the place of those named before; what was answered in this visit is not asked for again. */
  want(tags: readonly Tag[]): void {
    this.hers = tags;
  }

  next(): readonly Tag[] {
    const due = this.hers.filter((tag) => !this.had.has(tag) && !this.unanswered.includes(tag));
    const tags = [...this.unanswered, ...due].slice(0, BODIES_IN_A_SLOT);
    while (tags.length < BODIES_IN_A_SLOT) tags.push(this.index.pick(tags));
    this.unanswered = [];
    return in_random_order(tags);
  }

  /** answered: also where the server says that there is no such body. */
  note(tag: Tag, answered: boolean): void {
    if (!answered) this.unanswered.push(tag);
    else if (this.hers.includes(tag)) this.had.add(tag); // what came by chance before she named it was thrown away
  }
}
