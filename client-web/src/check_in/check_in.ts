// SPDX-License-Identifier: AGPL-3.0-or-later
// The check-in, the same for everybody (docs/spec/drops.md): the index once, then slots of four bodies for as long as the page is open.
// When a request is made depends on the clock and on the server's answers, and on nothing that she does.

import type { Bytes } from "../protocol/bytes";
import type { DropIndex, Tag } from "../protocol/drop_index";
import { Slots } from "./slots";

const FIRST_SLOT_MILLISECONDS = 5_000;
const SLOT_MILLISECONDS = 20_000;

/** Null: there is no such body, or none that could be one. */
export interface Fetched {
  readonly tag: Tag;
  readonly body: Bytes | null;
}

export interface World {
  /** Null where it could not be had. */
  fetch_index(): Promise<DropIndex | null>;
  /** "unanswered": it may be had another time. */
  fetch_body(tag: Tag): Promise<Bytes | null | "unanswered">;
  milliseconds(): number;
  sleep(milliseconds: number): Promise<void>;
}

export interface Listener {
  index_is_missing(): void;
  /** Once. What is hers can be named from now on. */
  index_is_there(index: DropIndex, slots: Slots): void;
  /** After each slot, so that whatever is done with them takes no time between its requests. */
  fetched(bodies: readonly Fetched[]): void;
}

/** Never returns. */
export async function check_in(world: World, listener: Listener): Promise<never> {
  let index = await world.fetch_index();
  while (index === null) {
    listener.index_is_missing();
    await world.sleep(SLOT_MILLISECONDS);
    index = await world.fetch_index();
  }
  const slots = new Slots(index);
  listener.index_is_there(index, slots);
  for (let wait = FIRST_SLOT_MILLISECONDS; ; ) {
    await world.sleep(wait);
    const begun = world.milliseconds();
    const bodies: Fetched[] = [];
    for (const tag of slots.next()) {
      const body = await world.fetch_body(tag);
      slots.note(tag, body !== "unanswered");
      if (body !== "unanswered") bodies.push({ tag, body });
    }
    listener.fetched(bodies);
    wait = Math.max(0, begun + SLOT_MILLISECONDS - world.milliseconds());
  }
}
