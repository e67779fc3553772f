// SPDX-License-Identifier: AGPL-3.0-or-later
// The page's Worker, with a server and a line to the check-in that are made up here: by which rosters it reads replies, and by which it
// takes reports.

import assert from "node:assert/strict";
import { test } from "node:test";
import { NAMES_NOBODY, type FromWorker, type ToCheckIn, type ToWorker } from "../../../client-web/src/messages";
import { derive_reporter_keys } from "../../../client-web/src/protocol/codename";
import { drop_tag, reply_address } from "../../../client-web/src/protocol/drop";
import { day_from_now, make_organisation } from "../../e2e/organisation";

const CODENAME = "abacus abdomen abdominal abide abiding ability ablaze able";
const PAST = { valid_from: day_from_now(-60), valid_until: day_from_now(-1) };
const organisation = await make_organisation();
const place = (caseworker: string): string => drop_tag(reply_address(derive_reporter_keys(CODENAME).mailbox_root, caseworker, 0));

const news: FromWorker[] = [];
const wants: ToCheckIn[] = [];
const line: { onmessage?: (event: unknown) => void; postMessage: (message: ToCheckIn) => void } = { postMessage: (message) => void wants.push(message) };
let hear: (event: { data: ToWorker; ports: unknown[] }) => void = () => assert.fail();
Object.assign(globalThis, { self: {
  addEventListener: (_: string, listener: typeof hear) => void (hear = listener),
  postMessage: (told: FromWorker) => void news.push(told),
} });
await import("../../../client-web/src/worker");
const order = (data: ToWorker, ...ports: unknown[]): void => hear({ data, ports });

/** What the roster that is served now is found to be. */
async function load(roster: string): Promise<string | null> {
  globalThis.fetch = async (path) => new Response(path === "/pin" ? organisation.pin : roster);
  news.length = 0;
  order({ order: "load" });
  for (let i = 0; i < 200 && !news.some((told) => told.news === "roster"); i += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  return news.flatMap((told) => (told.news === "roster" ? [told.check.fault] : []))[0] ?? null;
}

/** Whose replies are looked for in the box. */
async function looked_for(): Promise<string[]> {
  wants.length = 0;
  order({ order: "open-box", codename: CODENAME });
  await new Promise((resolve) => setTimeout(resolve, 50));
  return organisation.members.map(({ id }) => id).filter((id) => wants.at(-1)?.want.includes(place(id)) === true);
}

test("replies are read by a roster that is rightly signed, also once it has expired; never by one that is not, or is older than one seen", async () => {
  order({ order: "check-in" }, line);
  line.onmessage?.({ data: { index: organisation.members.map(({ id }) => place(id)) } });
  const without_robin = organisation.members.map(({ id, entry }) => ({ ...entry, revoked: id === "robin" }));
  assert.equal(await load("nonsense"), "not-a-roster");
  assert.deepEqual(await looked_for(), []);
  assert.equal(await load(organisation.note({ valid_from: day_from_now(1) })), "not-yet-valid");
  assert.deepEqual(await looked_for(), []);
  assert.equal(await load(organisation.note(PAST).replace("Refuge", "Refuse")), "wrong-signature");
  assert.deepEqual(await looked_for(), []);
  assert.equal(await load(organisation.note(PAST)), "expired");
  assert.deepEqual(await looked_for(), ["ada", "robin", "sam"]);
  assert.equal(await load(organisation.note({ version: 8, caseworkers: without_robin })), null);
  assert.deepEqual(await looked_for(), ["ada", "sam"]);
  assert.equal(await load(organisation.note(PAST)), "expired");
  assert.deepEqual(await looked_for(), ["ada", "sam"], "an older one brings nobody back");
  assert.equal(await load(organisation.note({ ...PAST, version: 9 })), "expired");
  assert.deepEqual(await looked_for(), ["ada", "robin", "sam"]);
  assert.equal(await load(organisation.note({ version: 8 })), "older", "also than one that had expired");
});

test("nothing is sent by a roster that has expired", async () => {
  await load(organisation.note({ ...PAST, version: 10 }));
  const asked: string[] = [];
  const respond = globalThis.fetch;
  globalThis.fetch = async (path, init) => {
    asked.push((init?.method ?? "GET") + " " + String(path));
    return respond(path, init);
  };
  news.length = 0;
  const disclosure = { form: { id: "follow-up", version: 1 }, answers: { more: "words" } } as never;
  order({ order: "send", report: { codename: CODENAME, follows: CODENAME, disclosure, files: [], desk: "legal", excluded: [], readers: ["robin", "sam"], members: ["robin", "sam"], threshold: 1, naming: NAMES_NOBODY, releases: false }, turn: 1 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.deepEqual(news.at(-1), { news: "failed", why: "roster", file: "" });
  assert.deepEqual(asked, ["GET /v1/roster"]);
});
