// SPDX-License-Identifier: AGPL-3.0-or-later
// The desk page's clock, its keys, and how it asks the tool: one thing after the other, and nothing any more once it is locked.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Api, Dropped, ToolError, ToolGone } from "../../../client-web/desk/api";
import { IdleClock } from "../../../client-web/desk/idle";
import { shortcut_of } from "../../../client-web/desk/shortcuts";

test("the page locks by its own clock, warns a minute before, and tells the tool at most every 30 seconds", () => {
  let now = 0;
  const told: number[] = [];
  const clock = new IdleClock(600, () => told.push(now / 1000), () => now);
  const at = (seconds: number): string => {
    now = seconds * 1000;
    return clock.look();
  };
  assert.equal(at(29), "here");
  clock.sign_of_life();
  assert.deepEqual(told, [], "too soon to say it");
  at(30);
  assert.deepEqual(told, [30], "said late rather than never");
  for (let s = 31; s <= 100; s += 1) {
    at(s);
    clock.sign_of_life();
  }
  assert.deepEqual(told, [30, 60, 90]);
  at(120);
  assert.deepEqual(told, [30, 60, 90, 120], "of the last sign, at 100");
  at(500);
  assert.deepEqual(told, [30, 60, 90, 120], "and no more without a hand");
  assert.equal(at(639), "here");
  assert.equal(at(640), "warned");
  clock.sign_of_life();
  assert.equal(at(641), "here");
  assert.equal(at(640 + 599), "warned");
  assert.equal(at(640 + 600), "over");
  clock.sign_of_life();
  assert.equal(clock.look(), "over", "whoever wakes the computer later is not known");
});

test("a short time is not all warning; a clock that was set back locks, too", () => {
  let now = 1_000_000;
  const clock = new IdleClock(60, () => undefined, () => now);
  now += 29_000;
  assert.equal(clock.look(), "here");
  now += 1000;
  assert.equal(clock.look(), "warned");
  const other = new IdleClock(600, () => undefined, () => now);
  now -= 700_000;
  assert.equal(other.look(), "over");
});

test("keys work alone, never while somebody types, and not when they are switched off", () => {
  const press = (key: string, more: object = {}) => ({ key, ctrlKey: false, altKey: false, metaKey: false, isComposing: false, defaultPrevented: false, ...more });
  assert.deepEqual(["j", "k", "/", "r", "n", "u", "l", "?"].map((key) => shortcut_of(press(key), false, true)), ["next", "before", "search", "reply", "note", "up", "lock", "help"]);
  for (const key of ["x", "J", "Enter", "toString", "__proto__"]) assert.equal(shortcut_of(press(key), false, true), null, key);
  assert.equal(shortcut_of(press("l"), true, true), null);
  assert.equal(shortcut_of(press("l"), false, false), null);
  for (const more of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }, { isComposing: true }, { defaultPrevented: true }]) assert.equal(shortcut_of(press("l", more), false, true), null);
});

interface Asked {
  readonly path: string;
  readonly init: RequestInit;
  readonly answer: (status: number, body: unknown) => void;
  readonly fail: () => void;
}
const real_fetch = globalThis.fetch;
afterEach(() => { globalThis.fetch = real_fetch; });

function tool(): { asked: Asked[]; api: Api; lost: string[] } {
  const asked: Asked[] = [];
  globalThis.fetch = ((path: string, init: RequestInit) => new Promise<Response>((resolve, reject) => {
    init.signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
    asked.push({
      path, init, fail: () => reject(new TypeError("no connection")),
      answer: (status, body) => resolve(status === 204 ? new Response(null, { status }) : new Response(JSON.stringify(body), { status })),
    });
  })) as typeof fetch;
  const lost: string[] = [];
  return { asked, lost, api: new Api((how, words) => lost.push(how + " " + words)) };
}
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

test("one request after the other; the desk alone is asked meanwhile; each carries the session", async () => {
  const { asked, api } = tool();
  const entering = api.enter("ab");
  asked[0]?.answer(200, { session: "5e55" });
  await entering;
  const one = api.get("/api/cases/1");
  const two = api.post("/api/search", { words: "x" });
  await turn();
  assert.deepEqual(asked.map(({ path }) => path), ["/api/enter", "/api/cases/1"]);
  void api.desk().catch(() => undefined);
  await turn();
  assert.equal(asked[2]?.path, "/api/desk");
  asked[1]?.answer(422, { error: "no. go." });
  await assert.rejects(one, (error) => error instanceof ToolError && error.words === "no. go.");
  await turn();
  assert.equal(asked[3]?.path, "/api/search", "what failed does not hold up the next");
  asked[3]?.answer(200, { cases: [] });
  assert.deepEqual(await two, { cases: [] });
  assert.equal(new Headers(asked[0]?.init.headers).get("Authorization"), null);
  for (const { init } of asked.slice(1)) {
    assert.equal(new Headers(init.headers).get("Authorization"), "Bearer 5e55");
    assert.deepEqual([init.credentials, init.redirect, init.cache, init.mode, init.referrerPolicy], ["omit", "error", "no-store", "cors", "no-referrer"]);
  }
});

test("the lock waits for nothing, and what was asked before is never answered", async () => {
  const { asked, api } = tool();
  const before = [api.get("/api/cases/1"), api.get("/api/cases/2")];
  await turn();
  const locked = api.lock();
  for (const one of before) await assert.rejects(one, Dropped);
  await turn();
  assert.deepEqual(asked.map(({ path }) => path), ["/api/cases/1", "/api/lock"]);
  asked[1]?.answer(200, { open: false });
  assert.deepEqual(await locked, { open: false });
});

test("locked, left or gone are told apart", async () => {
  const { asked, lost, api } = tool();
  const ask = async (answer: (asked: Asked | undefined) => void): Promise<unknown> => {
    const answered = api.get("/api/cases/1").catch((error: unknown) => error);
    await turn();
    answer(asked.at(-1));
    return answered;
  };
  assert.ok((await ask((one) => one?.answer(409, { error: "it is locked.", locked: true }))) instanceof Dropped);
  assert.ok((await ask((one) => one?.answer(401, { error: "no session." }))) instanceof Dropped);
  assert.deepEqual(lost, ["locked it is locked.", "left no session."]);
  assert.ok((await ask((one) => one?.fail())) instanceof ToolGone);
  assert.ok((await ask((one) => one?.answer(503, { error: "no Tor." }))) instanceof ToolError);
  assert.ok((await ask((one) => one?.answer(500, "?"))) instanceof ToolError);
  assert.equal(lost.length, 2);
});
