// SPDX-License-Identifier: AGPL-3.0-or-later
// Her diary at a server that is made up here: entries, removal, two windows, refreshing, another codename; and the vectors of her drops.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { DiaryStore } from "../../../client-web/src/kept/diary_store";
import { DraftStore } from "../../../client-web/src/kept/draft_store";
import { forget_opened, mark_opened } from "../../../client-web/src/kept/last_opened";
import { move_kept } from "../../../client-web/src/kept/move";
import { bytes_of_text, encode_hex, random_bytes, text_of_bytes, type Bytes } from "../../../client-web/src/protocol/bytes";
import { derive_reporter_keys } from "../../../client-web/src/protocol/codename";
import { diary_file_text, encode_entry, entry_bytes_left, parse_entry, parse_last_opened, REMOVED, split_text } from "../../../client-web/src/protocol/diary_text";
import { open_drop } from "../../../client-web/src/protocol/drop";
import { deletion_token, deletion_verifier, draft_place, entry_place, last_opened_place } from "../../../client-web/src/protocol/own_drop";
import { parse_puzzle, solve_puzzle } from "../../../client-web/src/protocol/puzzle";
import { DropLine } from "../../../client-web/src/upload/drop_line";
import { Cancelled, Pace } from "../../../client-web/src/upload/pace";
import { day_from_now } from "../../e2e/organisation";
import { FakeDrops } from "./fake_drops";

const keys = derive_reporter_keys("abacus abdomen abdominal abide abiding ability ablaze able");
const newer = derive_reporter_keys("able ablaze ability abiding abide abdominal abdomen abacus");
const DAY = "2026-11-25";
const vectors = JSON.parse(readFileSync(join(process.env["CANDOUR_ROOT"] ?? ".", "docs/spec/vectors/drops.json"), "utf8"));
const from_hex = (hex: string): Bytes => new Uint8Array(Buffer.from(hex, "hex"));

const line = (pace = new Pace(() => undefined)): DropLine => new DropLine(pace);
const diary = (pace?: Pace, of = keys): DiaryStore => new DiaryStore(of, line(pace));
async function texts_of(of = keys): Promise<string[]> {
  const read = diary(undefined, of);
  await read.read();
  return read.entries.map(({ text }) => text);
}

test("vectors: addresses, tags, tokens and verifiers of her own drops", () => {
  const root = from_hex(vectors.diary_root);
  const check = (place: { address: Bytes; tag: string }, vector: any): void => {
    assert.equal(encode_hex(place.address), vector.address);
    assert.equal(place.tag, vector.tag);
    const token = deletion_token(root, place.tag, vector.save);
    assert.equal(encode_hex(token), vector.token);
    assert.equal(encode_hex(deletion_verifier(token)), vector.verifier);
  };
  assert.ok(vectors.diary_entries.length > 0 && vectors.drafts.length > 0);
  for (const vector of vectors.diary_entries) check(entry_place(root, vector.number), vector);
  for (const vector of vectors.drafts) check(draft_place(root, vector.generation % 2, vector.fragment), vector);
  check(last_opened_place(root), vectors.last_opened);
});

test("a puzzle: solved with the browser's own code and without it, as the vector says what solves it", async () => {
  const { puzzle, bits, tag, work, wanting, body_sha256 } = vectors.puzzle;
  const solves = (answer: string): boolean => {
    const bytes = from_hex(answer);
    const hash = createHash("sha256").update("candour/v1/puzzle").update(bytes.subarray(0, 24)).update(from_hex(tag)).update(from_hex(body_sha256)).update(bytes.subarray(24)).digest();
    return answer.startsWith(puzzle) && bytes.length === 32 && hash.readUInt32BE() >>> (32 - bits) === 0;
  };
  assert.deepEqual([solves(work), solves(wanting)], [true, false]);
  const parsed = parse_puzzle(bytes_of_text(JSON.stringify({ puzzle, bits })));
  assert.ok(parsed !== null);
  const body = new Uint8Array(Buffer.from(vectors.sealed.body, "base64"));
  const tried: number[] = [];
  assert.ok(solves(encode_hex(await solve_puzzle(parsed, tag, body, async (count) => void tried.push(count)))));
  assert.ok(tried.length > 10, "it could have been stopped in between");
  const native = Object.getOwnPropertyDescriptor(globalThis, "crypto");
  Object.defineProperty(globalThis, "crypto", { configurable: true, value: {} });
  try {
    assert.ok(solves(encode_hex(await solve_puzzle(parsed, tag, body, async () => undefined))));
  } finally {
    if (native !== undefined) Object.defineProperty(globalThis, "crypto", native);
  }
});

test("a puzzle that asks for too much, or is none, is refused", () => {
  const hex = (bits: number): string => Buffer.from([bits, ...Array(23).fill(1)]).toString("hex");
  for (const answer of ["", "{}", JSON.stringify({ puzzle: hex(21), bits: 21 }), JSON.stringify({ puzzle: hex(12), bits: 13 }), JSON.stringify({ puzzle: hex(12).slice(2), bits: 12 })]) assert.equal(parse_puzzle(bytes_of_text(answer)), null, answer);
  assert.equal(parse_puzzle(bytes_of_text(JSON.stringify({ puzzle: hex(20), bits: 20 })))?.bits, 20);
});

test("work is stopped at once when the page gives up", async () => {
  const server = new FakeDrops();
  server.bits = 20;
  const pace = new Pace(() => undefined);
  const adding = diary(pace).add({ day: DAY, text: "x" });
  setTimeout(() => pace.cancel(), 200);
  await assert.rejects(adding, Cancelled);
  assert.equal(server.puts(), 0);
});

test("entries are read again in order, under numbers without a gap; one that is removed leaves nothing but its number", async () => {
  const server = new FakeDrops();
  const here = diary();
  for (const text of ["one", "two", "three"]) await here.add({ day: DAY, text });
  assert.deepEqual(await texts_of(), ["one", "two", "three"]);
  await here.remove(1);
  assert.deepEqual(await texts_of(), ["one", "three"]);
  assert.deepEqual(here.entries.map(({ number }) => number), [0, 2]);
  const left = await open_drop(new Uint8Array(server.stored.get(entry_place(keys.diary_root, 1).tag)?.body ?? []), keys.reply_seed);
  assert.equal(text_of_bytes(left ?? new Uint8Array(0)), '{"format":"candour/v1/diary-entry","day":"1970-01-01","text":""}');
  const later = diary();
  await later.read();
  await later.add({ day: DAY, text: "four" });
  assert.deepEqual(await texts_of(), ["one", "three", "four"]);
});

test("many entries, and many that were removed, are all found", async () => {
  new FakeDrops();
  const here = diary();
  for (let i = 0; i < 11; i += 1) await here.add({ day: DAY, text: "entry " + i });
  for (let i = 2; i < 9; i += 1) await here.remove(i);
  assert.deepEqual(await texts_of(), ["entry 0", "entry 1", "entry 9", "entry 10"]);
});

test("two windows that write at once: both entries are kept", async () => {
  new FakeDrops();
  const [one, two] = [diary(), diary()];
  await Promise.all([one.read(), two.read()]);
  await Promise.all([one.add({ day: DAY, text: "one" }), two.add({ day: DAY, text: "two" })]);
  await two.add({ day: DAY, text: "three" });
  assert.deepEqual((await texts_of()).sort(), ["one", "three", "two"]);
});

test("an entry whose answer was lost is there once", async () => {
  const server = new FakeDrops();
  const here = diary();
  let lost = false;
  server.at_request = (number, done) => {
    if (done && !lost && server.requests[number]?.startsWith("PUT") === true) {
      lost = true;
      throw new TypeError("lost");
    }
  };
  await here.add({ day: DAY, text: "once" });
  assert.ok(lost);
  assert.deepEqual(await texts_of(), ["once"]);
});

test("a damaged entry hides no other, and is told", async () => {
  const server = new FakeDrops();
  const here = diary();
  for (const text of ["one", "two", "three"]) await here.add({ day: DAY, text });
  const { tag } = entry_place(keys.diary_root, 1);
  const { body, verifier } = server.stored.get(tag) ?? assert.fail();
  body[9000] = (body[9000] ?? 0) ^ 1;
  server.stored.set(tag, { body, verifier });
  const read = diary();
  await read.read();
  assert.deepEqual(read.entries.map(({ text }) => text), ["one", "three"]);
  assert.equal(read.unreadable, 1);
});

test("entries of more than a year ago are put again, alike; younger ones are not, and removed ones only to keep the numbers", async () => {
  const server = new FakeDrops();
  const here = diary();
  const [old, young] = [day_from_now(-366), day_from_now(-365)];
  for (const day of [old, old, old, young, young]) await here.add({ day, text: day });
  await here.remove(1); // before an old one
  await here.remove(4); // the last
  const before = new Map([...server.stored].map(([tag, { body }]) => [tag, body.toString("hex")]));
  await here.read();
  server.requests.length = 0;
  await here.refresh(day_from_now(0), line());
  const tags = [0, 1, 2].map((number) => "PUT /v1/drops/" + entry_place(keys.diary_root, number).tag).sort();
  assert.deepEqual(server.requests.filter((request) => request.startsWith("PUT")).sort(), tags);
  for (const [tag, { body }] of server.stored) assert.equal(body.toString("hex"), before.get(tag));
});

test("last opened: the days before are shown, then today is marked, once; at most eight; erased when she asks", async () => {
  const server = new FakeDrops();
  assert.deepEqual(await mark_opened(keys, line(), "2026-11-01"), []);
  assert.deepEqual(await mark_opened(keys, line(), "2026-11-01"), ["2026-11-01"]);
  for (let day = 2; day <= 9; day += 1) await mark_opened(keys, line(), "2026-11-0" + day);
  assert.deepEqual(await mark_opened(keys, line(), "2026-11-10"), Array.from({ length: 8 }, (_, i) => "2026-11-0" + (i + 2)));
  assert.equal(server.stored.size, 1);
  await forget_opened(keys, line());
  assert.equal(server.stored.size, 0);
});

test("another codename: all is under the new one, nothing under the old one, wherever it was cut before", async () => {
  const draft = { day: DAY, form: { id: "test", version: 1 }, answers: { what_happened: "begun" }, desk: null, excluded: [] };
  let cuts = 0;
  for (let cut_at = 0; ; cut_at += 3) {
    const server = new FakeDrops();
    const here = diary();
    for (const text of ["one", "two", "gone", "one"]) await here.add({ day: DAY, text });
    await here.remove(2);
    await new DraftStore(keys, line()).save(draft);
    await mark_opened(keys, line(), DAY);
    const pace = new Pace(() => undefined);
    const first = server.requests.length;
    server.at_request = (number, done) => {
      if (number - first < cut_at || done !== (cut_at % 2 === 0)) return;
      pace.cancel();
      throw new TypeError("cut");
    };
    const whole = await move_kept(keys, newer, line(pace), () => undefined).then(() => true, () => false);
    server.at_request = () => undefined;
    const now = [...(await texts_of()), ...(await texts_of(newer))];
    for (const text of ["one", "two"]) assert.ok(now.includes(text), "cut at " + cut_at);
    if (!whole) {
      cuts += 1;
      await move_kept(keys, newer, line(), () => undefined);
    }
    assert.deepEqual(await texts_of(newer), ["one", "two", "one"]);
    assert.deepEqual(await new DraftStore(newer, line()).load(), draft);
    for (let number = 0; number < 4; number += 1) assert.ok(!server.stored.has(entry_place(keys.diary_root, number).tag));
    assert.equal(server.stored.size, 3 + 1, "three entries and a draft of one fragment");
    if (whole) break;
  }
  assert.ok(cuts > 5);
});

test("an entry: its bounds, what is none, and half a character", () => {
  const longest = "x".repeat(entry_bytes_left(""));
  assert.equal(entry_bytes_left(longest), 0);
  assert.equal(encode_entry({ day: DAY, text: longest }).length, 16384);
  assert.equal(parse_entry(encode_entry({ day: DAY, text: longest }))?.text, longest);
  assert.equal(parse_entry(encode_entry({ day: DAY, text: "\ud83d!" }))?.text, "\ufffd!");
  assert.deepEqual(parse_entry(encode_entry(REMOVED)), REMOVED);
  for (const text of ["", "{}", "[]", '{"format":"candour/v1/diary-entry","day":"25.11.2026","text":""}', '{"format":"candour/v1/last-opened","day":"2026-11-25","text":""}']) assert.equal(parse_entry(bytes_of_text(text)), null, text);
  assert.equal(parse_entry(Uint8Array.of(0xff)), null);
  assert.equal(parse_last_opened(bytes_of_text('{"format":"candour/v1/last-opened","days":["2026-11-31"]}')), null);
  assert.equal(parse_entry(random_bytes(30)), null);
});

test("a long text becomes several entries, broken between words, nothing lost", () => {
  const words = Array.from({ length: 9000 }, (_, i) => "wörd" + i).join(" ");
  const pieces = split_text(words);
  assert.ok(pieces.length > 3);
  for (const piece of pieces) assert.ok(entry_bytes_left(piece) >= 0);
  for (const piece of pieces.slice(0, -1)) assert.ok(entry_bytes_left(piece) < 100, "each is filled");
  assert.equal(pieces.join(" "), words);
  const unbroken = "😀".repeat(9000);
  assert.equal(split_text(unbroken).join(""), unbroken);
  for (const piece of split_text(unbroken)) assert.ok(!/\p{Surrogate}/u.test(piece));
  assert.deepEqual(split_text("  \n "), []);
  assert.deepEqual(split_text("short"), ["short"]);
});

test("Diary.txt: each day's date, then its entries, in their order", () => {
  const entries = [{ day: "2026-11-23", text: "one" }, { day: "2026-11-25", text: "three" }, { day: "2026-11-23", text: "two\nlines" }];
  assert.equal(diary_file_text(entries), "2026-11-23\n\none\n\ntwo\nlines\n\n2026-11-25\n\nthree\n\n");
});
