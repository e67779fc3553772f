// SPDX-License-Identifier: AGPL-3.0-or-later
// What the desk says of reports that name the same person; words of an author only once they were asked for.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Desk } from "../../../client-web/desk/desk";
import { as_matches } from "../../../client-web/desk/matches";
import { as_case, as_desk } from "../../../client-web/desk/shapes";
import { say } from "../../../client-web/desk/words";

const REPORT = "0a".repeat(32);
const CASE = "0b".repeat(32);
const ONE = { report: REPORT, state: "asks_first", case: null, accused: "", lead: null, has_contact: true };
const ALL = {
  mine: true, warning: ["A lead."], contact_warning: "Decide first.", matches: [{ authors: 2, reports: [ONE, { ...ONE, case: CASE, state: "sent", has_contact: false }], shared_leads: ["bo"] }],
  held: [{ report: REPORT, day: "2026-11-26" }], wrong: [{ report: REPORT, words: "is wrong" }], another_key: 3,
};
const DESK = { open: true, busy: null, me: "ada", service: "S", today: "2026-11-26", idle_seconds: 600, people: [], desks: [], warnings: [], version: 1 };

test("matches are read field by field, and what is not of their form is refused", () => {
  const all = as_matches(ALL);
  assert.equal(all.matches[0]?.reports[0]?.contact, null);
  assert.equal(all.matches[0]?.reports[1]?.case, CASE);
  assert.deepEqual([all.warning, all.held, all.wrong, all.another_key], [ALL.warning, ALL.held, ALL.wrong, 3]);
  for (const wrong of [{ report: "../cases" }, { case: "x" }, { state: 1 }, { has_contact: "yes" }]) {
    assert.throws(() => as_matches({ ...ALL, matches: [{ ...ALL.matches[0], reports: [{ ...ONE, ...wrong }] }] }), new RegExp("malformed: " + Object.keys(wrong).join()));
  }
  assert.throws(() => as_matches({ ...ALL, held: [{ report: REPORT, day: "today" }] }), /malformed: day/);
});

test("a desk without matching has none; a case says that it is part of one", () => {
  const plain = as_desk(DESK), some = as_desk({ ...DESK, held: 2, matches: 1 });
  assert.ok(plain.open && some.open);
  assert.deepEqual([plain.held, plain.matches, some.held, some.matches], [0, 0, 2, 1]);
  const one = { id: CASE, accused: "", danger: false, status: "new", risk: "unknown", mine: true };
  assert.deepEqual([as_case(one).matched, as_case({ ...one, matched: true }).matched], [false, true]);
});

test("the words for numbers", () => {
  assert.match(say.matches.held(1), /^1 report is held: nobody can read it /);
  assert.match(say.matches.held(2), /^2 reports are held: nobody can read them /);
});

const real_fetch = globalThis.fetch;
const desk = new Desk(() => undefined);
after(() => {
  desk.forget();
  globalThis.fetch = real_fetch;
});

test("words of an author are asked for by themselves, and are gone from the page with the view", async () => {
  const asked: string[] = [];
  const with_words = { ...ALL, matches: [{ ...ALL.matches[0], reports: [{ ...ONE, contact: "Ring 000." }] }] };
  const answers: readonly unknown[] = [{ session: "5e55" }, { ...DESK, matches: 1 }, { ...DESK, matches: 1 }, { version: 1, total: 0, cases: [] }, ALL, with_words];
  globalThis.fetch = (async (path: string, init: RequestInit) => {
    asked.push(`${init.method ?? ""} ${path}`);
    return new Response(JSON.stringify(answers[asked.length - 1] ?? DESK), { status: 200 });
  }) as typeof fetch;
  await desk.enter("#" + "ab".repeat(32));
  while (asked.length < 4 || desk.held?.loading !== null) await new Promise((resolve) => setTimeout(resolve, 5));
  desk.go_to_matches();
  await desk.read_matches(false);
  assert.equal(asked[4], "GET /api/matches");
  assert.equal(desk.held?.matches?.matches[0]?.reports[0]?.contact, null);
  await desk.read_matches(true);
  assert.equal(asked[5], "POST /api/matches/contacts");
  assert.equal(desk.held?.matches?.matches[0]?.reports[0]?.contact, "Ring 000.");
  desk.go_to_inbox();
  assert.equal(desk.held?.matches, null);
});
