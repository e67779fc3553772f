// SPDX-License-Identifier: AGPL-3.0-or-later
// Drafts at a server that is made up here: a save cut at every request, two windows at once, lost answers, and what is left behind.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DraftStore } from "../../../client-web/src/kept/draft_store";
import { bytes_of_text, random_bytes, text_of_bytes } from "../../../client-web/src/protocol/bytes";
import { derive_reporter_keys } from "../../../client-web/src/protocol/codename";
import { DRAFT_BYTES_MAX, encode_draft, encode_fragment, join_fragments, parse_draft, parse_fragment, split_draft, type Draft } from "../../../client-web/src/protocol/draft";
import { open_drop } from "../../../client-web/src/protocol/drop";
import { DROP_PLAIN_BYTES } from "../../../client-web/src/protocol/drop_index";
import { draft_place } from "../../../client-web/src/protocol/own_drop";
import { DropLine } from "../../../client-web/src/upload/drop_line";
import { Refused } from "../../../client-web/src/upload/http";
import { Cancelled, Pace } from "../../../client-web/src/upload/pace";
import { FakeDrops } from "./fake_drops";

const keys = derive_reporter_keys("abacus abdomen abdominal abide abiding ability ablaze able");
const draft = (story: string): Draft => ({ day: "2026-11-25", form: { id: "test", version: 1 }, answers: { what_happened: story, wants: ["advice"] }, desk: "legal", excluded: ["sam"] });
const SHORT = draft("He reads my messages.");
const LONG = draft("Ä fact. ".repeat(5000)); // three fragments
const story_of = (found: Draft | null): unknown => found?.answers["what_happened"];

function open_window(pace = new Pace(() => undefined), fresh = false): DraftStore {
  return new DraftStore(keys, new DropLine(pace), fresh);
}

/** As another device finds it. */
const found_elsewhere = async (): Promise<unknown> => story_of(await open_window().load());

test("what is saved is read again on another device, all of it", async () => {
  new FakeDrops();
  assert.equal(await open_window().load(), null);
  for (const saved of [SHORT, LONG, draft("half a character: \ud83d"), { ...SHORT, desk: null, excluded: [], answers: {} }]) {
    const here = open_window();
    await here.load();
    assert.equal(await here.save(saved), "saved");
    assert.deepEqual(await open_window().load(), JSON.parse(JSON.stringify(saved).replace("\\ud83d", "\ufffd")));
  }
});

test("a draft that is too long is told, and nothing is changed", async () => {
  const server = new FakeDrops();
  const here = open_window();
  assert.equal(await here.save(SHORT), "saved");
  const puts = server.puts();
  assert.equal(await here.save(draft("x".repeat(DRAFT_BYTES_MAX))), "too-long");
  assert.equal(server.puts(), puts);
  assert.equal(await found_elsewhere(), story_of(SHORT));
});

test("reading makes the same eight requests, whatever is there", async () => {
  const server = new FakeDrops();
  const asked = async (): Promise<string[]> => {
    server.requests.length = 0;
    await open_window().load();
    return [...server.requests].sort();
  };
  const empty = await asked();
  assert.equal(new Set(empty).size, 8);
  await open_window().save(SHORT);
  assert.deepEqual(await asked(), empty);
  await open_window().load();
  const here = open_window();
  await here.load();
  await here.save(LONG);
  assert.deepEqual(await asked(), empty);
});

test("saving costs a puzzle and a put for each fragment, and reads nothing", async () => {
  const server = new FakeDrops();
  const here = open_window(undefined, true);
  await here.save(SHORT);
  await here.save(SHORT);
  await here.save(LONG);
  assert.equal(server.requests.length, 2 + 2 + 6);
  assert.equal(server.puts(), 1 + 1 + 3);
});

test("a save that is cut at any request leaves the one before, or is whole; and the next one goes through", async () => {
  for (const [before, after] of [[SHORT, LONG], [LONG, SHORT], [LONG, draft("Another fact. ".repeat(2500))]] as const) {
    for (const carried_out of [false, true]) {
      let cuts = 0;
      for (let cut_at = 0; ; cut_at += 1) {
        const server = new FakeDrops();
        const earlier = open_window();
        await earlier.save(draft("older ".repeat(6000))); // something stands in both halves
        await earlier.save(before);
        const pace = new Pace(() => undefined);
        const closed = open_window(pace);
        await closed.load();
        const first = server.requests.length;
        server.at_request = (number, done) => {
          if (number - first < cut_at || done !== carried_out) return;
          pace.cancel(); // as if the page were closed
          throw new TypeError("cut");
        };
        const outcome = await closed.save(after).catch((error: unknown) => error);
        server.at_request = () => undefined;
        const left = await found_elsewhere();
        if (outcome === "saved") {
          assert.equal(left, story_of(after));
          break;
        }
        cuts += 1;
        assert.ok(outcome instanceof Cancelled, String(outcome));
        assert.ok(left === story_of(before) || left === story_of(after), `cut at request ${cut_at}: ${String(left).slice(0, 40)}`);
        const later = open_window();
        await later.load();
        assert.equal(await later.save(draft("later")), "saved");
        assert.equal(await found_elsewhere(), "later");
      }
      assert.ok(cuts >= 2, "it was cut");
    }
  }
});

test("two windows with the same draft: the first to save goes on, the other is told and changes nothing", async () => {
  new FakeDrops();
  await open_window().save(SHORT);
  const [one, two] = [open_window(), open_window()];
  await one.load();
  await two.load();
  assert.equal(await one.save(draft("one")), "saved");
  assert.equal(await two.save(draft("two")), "elsewhere");
  assert.equal(await two.save(draft("two again")), "elsewhere", "until she was shown the other one");
  assert.equal(await one.save(draft("one again")), "saved");
  assert.equal(await found_elsewhere(), "one again");
  assert.equal(story_of(await two.load()), "one again");
  assert.equal(await two.save(draft("two, knowing of one")), "saved");
  assert.equal(await one.save(draft("one")), "elsewhere");
  assert.equal(await found_elsewhere(), "two, knowing of one");
});

test("two windows that save at once, again and again, in any order of their requests: what is there is always one of theirs, whole", async () => {
  const stories = (who: string, i: number): Draft => draft((who + i + " ").repeat(6000 + i)); // several fragments each
  for (let round = 0; round < 12; round += 1) {
    new FakeDrops();
    await open_window().save(stories("start", 0));
    const windows = [open_window(), open_window()];
    for (const window of windows) await window.load();
    const saved: unknown[] = [story_of(stories("start", 0))];
    await Promise.all(windows.map(async (window, w) => {
      for (let i = 0; i < 3; i += 1) {
        for (let wait = Math.floor(Math.random() * 20); wait > 0; wait -= 1) await new Promise((resolve) => setImmediate(resolve));
        const mine = stories("window" + w + "save", i);
        if ((await window.save(mine)) === "saved") saved.push(story_of(mine));
      }
    }));
    const left = await found_elsewhere();
    assert.ok(saved.includes(left), String(left).slice(0, 30));
  }
});

test("a window that was closed while it saved holds up nobody", async () => {
  const server = new FakeDrops();
  const here = open_window();
  await here.save(LONG);
  const pace = new Pace(() => undefined);
  const closed = open_window(pace);
  await closed.load();
  server.at_request = (number, done) => {
    if (done && server.requests[number]?.startsWith("PUT") === true) {
      pace.cancel();
      throw new TypeError("cut");
    }
  };
  await assert.rejects(closed.save(draft("closed ".repeat(6000))), Cancelled);
  server.at_request = () => undefined;
  assert.equal(await here.save(SHORT), "saved", "its own save is still the newest whole one");
  assert.equal(await found_elsewhere(), story_of(SHORT));
});

test("an answer that was lost: the save is known for what it is", async () => {
  const server = new FakeDrops();
  const here = open_window(new Pace(() => undefined));
  await here.save(SHORT);
  await here.save(SHORT);
  let lost = 0;
  server.at_request = (number, done) => {
    if (done && lost === 0 && server.requests[number]?.startsWith("PUT") === true) {
      lost += 1;
      throw new TypeError("lost");
    }
  };
  assert.equal(await here.save(draft("stored, but unanswered")), "saved");
  assert.equal(lost, 1);
  assert.equal(await found_elsewhere(), "stored, but unanswered");
});

test("removed: nothing of it is left, and a window that still has it open does not bring it back", async () => {
  const server = new FakeDrops();
  const [one, two] = [open_window(), open_window()];
  await one.save(LONG);
  await one.save(SHORT);
  await two.load();
  await one.remove();
  assert.equal(server.stored.size, 0);
  for (let i = 0; i < 2; i += 1) {
    assert.equal(await two.save(LONG), "elsewhere");
    assert.equal(server.stored.size, 0);
  }
  assert.equal(await one.save(SHORT), "saved", "she can begin again");
});

test("what a shorter save leaves of a longer one is erased", async () => {
  const server = new FakeDrops();
  const here = open_window();
  await here.save(LONG);
  await here.save(LONG);
  assert.equal(server.stored.size, 6);
  await here.save(SHORT);
  await here.save(SHORT);
  assert.equal(server.stored.size, 2);
});

test("a server that does not take the work is asked three times, and then refuses", async () => {
  const server = new FakeDrops();
  const respond = globalThis.fetch;
  globalThis.fetch = async (path, init) => (init?.method === "PUT" ? (await respond(path, init), new Response('{"type":"/problems/work-wanting"}', { status: 422 })) : respond(path, init));
  await assert.rejects(open_window(undefined, true).save(SHORT), (error) => error instanceof Refused && error.problem === "work-wanting");
  assert.equal(server.puts(), 3);
});

test("a fragment: its line, its bounds, and one that is none", () => {
  const content = encode_draft(LONG);
  const fragments = split_draft(content, 7, "0123456789abcdef");
  assert.equal(fragments.length, 3);
  for (const fragment of fragments) {
    const bytes = encode_fragment(fragment);
    assert.ok(bytes.length <= DROP_PLAIN_BYTES);
    assert.deepEqual(parse_fragment(bytes), fragment);
  }
  assert.equal(text_of_bytes(encode_fragment(fragments[1] ?? assert.fail())).split("\n")[0], "candour/v1/draft-fragment 7 3 1 0123456789abcdef");
  assert.deepEqual(join_fragments([...fragments, null])?.content, content);
  assert.equal(join_fragments([fragments[0] ?? null, null, fragments[2] ?? null, null]), null);
  const mixed = fragments.map((fragment, i) => (i === 1 ? { ...fragment, save: "f".repeat(16) } : fragment));
  assert.equal(join_fragments(mixed), null);
  for (const line of ["candour/v1/draft 7 3 1 0123456789abcdef", "candour/v1/draft-fragment 7 3 3 0123456789abcdef", "candour/v1/draft-fragment 07 3 1 0123456789abcdef", "candour/v1/draft-fragment 7 5 1 0123456789abcdef", "candour/v1/draft-fragment 7 3 1 0123456789ABCDEF", "candour/v1/draft-fragment 7 3 1"]) {
    assert.equal(parse_fragment(bytes_of_text(line + "\nwords")), null, line);
  }
  assert.equal(parse_fragment(bytes_of_text("candour/v1/draft-fragment 7 3 1 0123456789abcdef")), null);
  for (const text of ["", "{}", "[1]", '{"format":"candour/v1/draft","day":"2026-02-30"}', JSON.stringify({ ...SHORT, format: "candour/v1/draft", answers: { what_happened: 3 } })]) assert.equal(parse_draft(bytes_of_text(text)), null, text);
  assert.equal(parse_draft(random_bytes(40)), null);
});

test("her draft is sealed to her alone", async () => {
  const server = new FakeDrops();
  await open_window().save(SHORT);
  const body = server.stored.get(draft_place(keys.diary_root, 0, 0).tag)?.body ?? assert.fail();
  const other = derive_reporter_keys("able ablaze ability abiding abide abdominal abdomen abacus");
  assert.ok(!body.includes("messages"));
  assert.equal(await open_drop(new Uint8Array(body), other.reply_seed), null);
  assert.ok((await open_drop(new Uint8Array(body), keys.reply_seed)) !== null);
});
