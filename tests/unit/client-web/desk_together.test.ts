// SPDX-License-Identifier: AGPL-3.0-or-later
// What the desk says of reports that several have to open together, and handing a share on.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Desk, words_of } from "../../../client-web/desk/desk";
import { as_desk, type LockedDesk, type OpenDesk } from "../../../client-web/desk/shapes";
import { others_of } from "../../../client-web/desk/together";

const REPORT = "0a".repeat(32);
const WAITING = { report: REPORT, day: "2026-11-26", needs: 2, open: false, mine: true, from: ["bo"], to: ["bo", "cy"], given: ["bo"], trouble: "" };
const DESK = { open: true, busy: null, me: "ada", service: "S", today: "2026-11-26", idle_seconds: 600, people: [], desks: [], warnings: [], version: 1 };
const together_of = (desk: LockedDesk | OpenDesk): OpenDesk["together"] => (desk.open ? desk.together : assert.fail());

test("reports to be opened together are read field by field; without the field there are none", () => {
  assert.deepEqual(together_of(as_desk({ ...DESK, together: [WAITING] })), [WAITING]);
  assert.deepEqual(together_of(as_desk({ ...DESK, together: [{ ...WAITING, unknown: 1 }] })), [WAITING]);
  for (const none of [DESK, { ...DESK, together: null }, { ...DESK, together: [] }]) assert.deepEqual(together_of(as_desk(none)), []);
});

test("what is not of their form is refused, by its field", () => {
  const wrong: readonly (readonly [string, unknown])[] = [
    ["report", "../cases"], ["report", REPORT.toUpperCase()], ["report", undefined], ["day", "26 Nov"], ["needs", 1], ["needs", 33], ["needs", "2"], ["needs", 2.5],
    ["open", 0], ["open", undefined], ["mine", "yes"], ["from", "bo"], ["from", [1]], ["to", {}], ["given", [null]], ["trouble", null], ["trouble", undefined],
  ];
  for (const [field, value] of wrong) assert.throws(() => as_desk({ ...DESK, together: [{ ...WAITING, [field]: value }] }), new RegExp("malformed: " + field), `${field}: ${String(value)}`);
  assert.throws(() => as_desk({ ...DESK, together: WAITING }), /malformed: together/);
  assert.throws(() => as_desk({ ...DESK, together: [null] }), /malformed: together/);
});

test("each colleague is named once, whether she may get the share or has it", () => {
  assert.deepEqual(others_of({ ...WAITING, to: ["bo", "cy"], given: ["di", "bo"] }), ["bo", "cy", "di"]);
});

const real_fetch = globalThis.fetch;
const desk = new Desk(() => undefined);
after(() => {
  desk.forget();
  globalThis.fetch = real_fetch;
});

test("a share is handed on by its report and to one person; the desk is shown as the tool answers; a refusal is said in its words", async () => {
  const asked: string[] = [];
  const answers = [
    [200, { session: "5e55" }], [200, { ...DESK, together: [WAITING] }], [200, { ...DESK, together: [WAITING] }], [200, { version: 1, total: 0, cases: [] }],
    [200, { ...DESK, together: [{ ...WAITING, given: ["bo", "cy"] }] }], [422, { error: "The readers are others. Ask your steward." }],
  ] as const;
  globalThis.fetch = (async (path: string, init: RequestInit) => {
    const [status, body] = answers[asked.length] ?? assert.fail(path);
    asked.push(`${init.method ?? ""} ${path} ${String(init.body ?? "")}`);
    return new Response(JSON.stringify(body), { status });
  }) as typeof fetch;
  await desk.enter("#" + "ab".repeat(32));
  while (asked.length < 4 || desk.held?.loading !== null) await new Promise((resolve) => setTimeout(resolve, 5));
  await desk.share(REPORT, "cy");
  assert.equal(asked[4], `POST /api/reports/${REPORT}/share {"to":"cy"}`);
  assert.deepEqual(desk.open?.together[0]?.given, ["bo", "cy"]);
  await assert.rejects(desk.share(REPORT, "cy"), (error) => words_of(error) === "The readers are others. Ask your steward.");
  assert.deepEqual(desk.open?.together[0]?.given, ["bo", "cy"]);
});
