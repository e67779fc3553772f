// SPDX-License-Identifier: AGPL-3.0-or-later
// The check-in: how many bodies are asked for, and when, is the same whoever reads and whatever she does; a made-up clock and server.

import assert from "node:assert/strict";
import { test } from "node:test";
import { check_in, type Fetched } from "../../../client-web/src/check_in/check_in";
import { BODIES_IN_A_SLOT, Slots } from "../../../client-web/src/check_in/slots";
import { encode_hex, random_bytes, type Bytes } from "../../../client-web/src/protocol/bytes";
import { DROP_BODY_BYTES, DropIndex, type Tag } from "../../../client-web/src/protocol/drop_index";

const tags = Array.from({ length: 1024 }, () => encode_hex(random_bytes(8))).sort();
const index = DropIndex.parse(new Uint8Array(Buffer.from(tags.join(""), "hex")));
assert.ok(index !== null);
const hers = (count: number): readonly Tag[] => tags.slice(100, 100 + count);

class Ended extends Error {}

interface Visit {
  /** When she has typed a codename, and what of hers is in the index. */
  readonly opens?: { readonly at_seconds: number; readonly finds: readonly Tag[] };
  readonly closes_at_seconds?: number;
  /** How the server answers the n-th request for a body. */
  readonly answer?: (n: number, tag: Tag) => Bytes | null | "unanswered";
  readonly answer_seconds?: (n: number) => number;
  readonly index_fails?: number;
  readonly until_seconds?: number;
}

interface Traffic {
  readonly requests: { readonly at: number; readonly tag: Tag }[]; // "": the index
  readonly fetched: Fetched[];
}

async function traffic(visit: Visit): Promise<Traffic> {
  const requests: Traffic["requests"] = [];
  const fetched: Fetched[] = [];
  let now = 0;
  let slots: Slots | null = null;
  let index_fails = visit.index_fails ?? 0;
  const pass = (milliseconds: number): void => {
    const before = now;
    now += milliseconds;
    const passed = (seconds: number | undefined): boolean => seconds !== undefined && before < seconds * 1000 && seconds * 1000 <= now;
    if (passed(visit.opens?.at_seconds)) slots?.want(visit.opens?.finds ?? []);
    if (passed(visit.closes_at_seconds)) slots?.want([]);
    if (now > (visit.until_seconds ?? 200) * 1000) throw new Ended();
  };
  const world = {
    milliseconds: () => now,
    sleep: async (milliseconds: number) => pass(milliseconds),
    fetch_index: async () => {
      requests.push({ at: now, tag: "" });
      pass(300);
      index_fails -= 1;
      return index_fails >= 0 ? null : index;
    },
    fetch_body: async (tag: Tag) => {
      const n = requests.length;
      requests.push({ at: now, tag });
      pass(1000 * (visit.answer_seconds?.(n) ?? 0.4));
      return (visit.answer ?? (() => new Uint8Array(DROP_BODY_BYTES)))(n, tag);
    },
  };
  const listener = {
    index_is_missing: () => undefined,
    index_is_there: (_: DropIndex, made: Slots) => {
      slots = made;
    },
    fetched: (bodies: readonly Fetched[]) => void fetched.push(...bodies),
  };
  await assert.rejects(check_in(world, listener), Ended);
  return { requests, fetched };
}

/** What somebody on the line sees: when something is asked for. (All bodies have one size, and so has every request.) */
const times = ({ requests }: Traffic): number[] => requests.map(({ at }) => at);

const READERS: Record<string, Visit> = {
  "no codename": {},
  "an invented codename": { opens: { at_seconds: 30, finds: [] } },
  "one message": { opens: { at_seconds: 30, finds: hers(1) } },
  "four messages": { opens: { at_seconds: 12, finds: hers(4) } },
  "eleven messages": { opens: { at_seconds: 12, finds: hers(11) } },
  "a codename in the middle of a slot, and closed soon": { opens: { at_seconds: 26, finds: hers(9) }, closes_at_seconds: 47 },
};

for (const [server, answers] of Object.entries<Visit>({
  "a good server": {},
  "a slow server": { answer_seconds: (n) => 1 + (n % 5) },
  "a server slower than the slots": { answer_seconds: () => 7 },
  "a server that has none of the bodies": { answer: () => null },
  "a server that does not answer every third time": { answer: (n) => (n % 3 === 0 ? "unanswered" : new Uint8Array(DROP_BODY_BYTES)) },
  "a server that is gone after a minute": { answer: (n) => (n > 12 ? "unanswered" : new Uint8Array(DROP_BODY_BYTES)) },
  "a server whose index came at the third time": { index_fails: 2 },
})) {
  test("the same number of requests at the same times for everybody: " + server, async () => {
    const nobody = times(await traffic(answers));
    assert.ok(nobody.length > 4 * 5, "there is something to compare");
    for (const [reader, visit] of Object.entries(READERS)) assert.deepEqual(times(await traffic({ ...visit, ...answers })), nobody, reader);
  });
}

test("the index once; the first slot 5 s after it is there, then every 20 s, four bodies each", async () => {
  const { requests } = await traffic({});
  assert.equal(requests.filter(({ tag }) => tag === "").length, 1);
  const slot = (start: number): number[] => [0, 400, 800, 1200].map((after) => start + after);
  assert.deepEqual(times({ requests, fetched: [] }).slice(0, 13), [0, ...slot(5300), ...slot(25300), ...slot(45300)]);
});

test("hers are asked for in the next slots, once each; what is hers is given on, and cover is too", async () => {
  const { requests, fetched } = await traffic({ opens: { at_seconds: 12, finds: hers(6) } });
  const asked = requests.slice(1).map(({ tag }) => tag);
  assert.deepEqual(asked.slice(4, 8).sort(), hers(6).slice(0, 4).sort());
  for (const tag of hers(6).slice(4)) assert.ok(asked.slice(8, 12).includes(tag));
  assert.deepEqual(fetched.map(({ tag }) => tag), asked.slice(0, fetched.length));
});

test("never two alike in a slot, and hers at any place of it", async () => {
  const places = new Set<number>();
  for (let i = 0; i < 60; i += 1) {
    const slots = new Slots(index);
    slots.want(hers(1));
    const slot = slots.next();
    assert.equal(new Set(slot).size, BODIES_IN_A_SLOT);
    places.add(slot.indexOf(hers(1)[0] ?? ""));
  }
  assert.deepEqual([...places].sort(), [0, 1, 2, 3]);
});

test("what had no answer is asked for again in the next slot, hers or not: so its owner cannot be found by refusing", () => {
  for (const count of [0, 1, 3, 4, 7]) {
    let covers = 0;
    const slots: Slots = new Slots({ pick: () => "cover-" + (covers += 1).toString() }); // none comes twice by chance
    slots.want(hers(count));
    const asked: (readonly Tag[])[] = [];
    const slot = (answered: (place: number) => boolean): readonly Tag[] => {
      const now = slots.next();
      now.forEach((tag, place) => slots.note(tag, answered(place)));
      asked.push(now);
      return now;
    };
    const refused = slot((place) => place > 1).slice(0, 2);
    const second = slot(() => true);
    for (const tag of refused) assert.ok(second.includes(tag), "again");
    for (let i = 0; i < 3; i += 1) slot(() => true);
    for (const tag of asked.flat()) assert.equal(asked.flat().filter((other) => other === tag).length, refused.includes(tag) ? 2 : 1);
    for (const tag of hers(count)) assert.ok(asked.flat().includes(tag));
  }
});
