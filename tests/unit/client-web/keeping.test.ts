// SPDX-License-Identifier: AGPL-3.0-or-later
// What she keeps, on the way of a visit, with a Worker that is made up here: a report kept in the diary and its safety part; a draft's end.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { KeptOrder } from "../../../client-web/src/kept/orders";
import type { SendOrder, ToWorker } from "../../../client-web/src/messages";
import { parse_pin } from "../../../client-web/src/protocol/pin";
import { check_roster } from "../../../client-web/src/protocol/roster";
import { Visit } from "../../../client-web/src/visit";
import { day_from_now, make_organisation } from "../../e2e/organisation";

const STORY = "He reads my messages. Xylophon.";
const CODENAME = "abacus abdomen abdominal abide abiding ability ablaze able";
const organisation = await make_organisation();
const pin = parse_pin(organisation.pin) ?? assert.fail();

/** A visit at the page before its diary: what she wrote tells of danger. */
function visit_to_keep(): { visit: Visit; orders: ToWorker[] } {
  const orders: ToWorker[] = [];
  const visit = new Visit((order) => orders.push(order), () => undefined, async () => null);
  visit.hear({ news: "roster", check: check_roster(organisation.note(), pin, day_from_now(0), null) });
  visit.said.codename = CODENAME;
  visit.said.answer("safe", "no");
  visit.said.answer("danger", "He has a key.");
  visit.said.answer("what_happened", STORY);
  visit.said.choose_desk("legal");
  visit.said.exclude("robin", true);
  visit.to_diary = true;
  visit.go({ at: "practice" });
  return { visit, orders };
}

const at = (visit: Visit): string => visit.place.at;
const added = (orders: readonly ToWorker[]): string[] =>
  orders.flatMap((order) => (order.order === "diary-add" ? [(order as Extract<KeptOrder, { order: "diary-add" }>).entries.map(({ text }) => text).join("")] : []));
/** What the Worker says of the diary that was asked for last. */
const of_diary = (orders: readonly ToWorker[]): { readonly lane: "diary"; readonly turn: number } => ({ lane: "diary", turn: orders.flatMap((order) => ("turn" in order ? [order.turn] : [])).at(-1) ?? assert.fail() });
const of_draft = { lane: "draft", codename: CODENAME } as const;
const stored = (visit: Visit, orders: readonly ToWorker[]): void => visit.hear({ news: "diary", ...of_diary(orders), entries: [{ number: 0, day: day_from_now(0), text: STORY }], unreadable: 0 });

test("once it is kept, the safety part is offered on a page of its own: with what is marked alone, and whom she left out is left out of it", () => {
  const { visit, orders } = visit_to_keep();
  visit.next();
  assert.deepEqual([at(visit), added(orders).length], ["diary-kept", 1]);
  stored(visit, orders);
  assert.equal(at(visit), "safety-part");
  assert.deepEqual(Object.fromEntries(visit.said.answers), { safe: "no", danger: "He has a key." });
  assert.deepEqual([visit.said.codename, visit.said.desk, [...visit.said.excluded]], [CODENAME, "legal", ["robin"]]);
  assert.ok(visit.has_account && visit.bytes_too_many === 0);
  visit.next();
  assert.equal(at(visit), "readers");
  visit.next();
  assert.equal(at(visit), "check");
  visit.change({ at: "step", step: "safety" });
  assert.deepEqual(visit.step?.step.questions.map(({ id }) => id), ["safe", "danger"]);
  visit.said.answer("safe", "yes");
  visit.next();
  assert.equal(at(visit), "check", "back from what she changed");
  visit.send();
  const report = orders.flatMap((order): SendOrder[] => (order.order === "send" ? [order.report] : []))[0];
  assert.deepEqual([report?.disclosure.answers, report?.files, report?.readers], [{ safe: "yes" }, [], ["sam"]]);
  visit.hear({ news: "sent", short_code: "AAAA", day: day_from_now(0), companion: false });
  assert.deepEqual([at(visit), visit.held?.is_empty], ["sent", true], "the story is wiped from the page, as it says");
  assert.ok(!JSON.stringify([visit.keeping, visit.diary], (name, value: unknown) => (name === "visit" ? null : value)).includes("Xylophon"));
  visit.keeping.open_diary();
  assert.deepEqual([at(visit), visit.come_back.codename, visit.held], ["diary", CODENAME, null]);
  assert.ok(!JSON.stringify(orders.filter((order) => order.order === "send")).includes("Xylophon"));
});

test("she can do without it, and think again", () => {
  const { visit, orders } = visit_to_keep();
  visit.next();
  stored(visit, orders);
  visit.back();
  assert.deepEqual([at(visit), visit.said.answers.get("what_happened")], ["diary-kept", STORY]);
  visit.keeping.offer_safety_part();
  assert.equal(at(visit), "safety-part");
  visit.keeping.keep_all();
  visit.keeping.open_diary();
  assert.equal(at(visit), "diary");
  assert.equal(orders.filter((order) => order.order === "send").length, 0);
});

test("another box opened meanwhile (the page could not send): the whole report waits, not its part", () => {
  const { visit, orders } = visit_to_keep();
  visit.next();
  stored(visit, orders);
  visit.open_box("zoom zone abdominal abide abiding ability ablaze able");
  assert.deepEqual([visit.begun?.answers.get("what_happened"), visit.held], [STORY, null]);
  visit.back();
  assert.deepEqual([at(visit), visit.kind, visit.said.answers.get("what_happened")], ["start", "report", STORY]);
});

test("no danger told: nothing is offered", () => {
  const { visit, orders } = visit_to_keep();
  visit.said.answer("safe", "yes");
  visit.next();
  stored(visit, orders);
  assert.deepEqual([at(visit), visit.keeping.safety_part], ["diary-kept", null]);
});

test("Back while it is saved: what she changes then is kept", () => {
  const { visit, orders } = visit_to_keep();
  visit.next();
  visit.back();
  assert.deepEqual([at(visit), orders.at(-1)?.order], ["practice", "kept-stop"]);
  visit.said.answer("what_happened", STORY + " And more.");
  visit.next();
  assert.deepEqual([added(orders).length, added(orders)[1]?.includes("And more.")], [2, true]);
});

test("Back after it is kept: the same is not kept twice, another version is; what was refused is tried again", () => {
  const { visit, orders } = visit_to_keep();
  visit.said.answer("safe", "yes");
  visit.next();
  visit.hear({ news: "kept-refused", ...of_diary(orders) });
  assert.ok(visit.diary.refused);
  visit.keeping.keep_in_diary();
  assert.equal(added(orders).length, 2);
  stored(visit, orders);
  visit.back();
  visit.next();
  assert.deepEqual([at(visit), added(orders).length], ["diary-kept", 2]);
  visit.back();
  visit.said.answer("what_happened", "Another.");
  visit.next();
  assert.equal(added(orders).length, 3);
});

test("a draft whose removal is refused after its report was sent: it is said, and tried again", () => {
  const { visit, orders } = visit_to_keep();
  visit.to_diary = false;
  visit.draft.begin(CODENAME, false);
  visit.go({ at: "check" });
  visit.send();
  visit.hear({ news: "sent", short_code: "AAAA", day: day_from_now(0), companion: false });
  assert.equal(visit.draft.removal, "under-way");
  assert.ok(visit.danger_sent);
  visit.hear({ news: "kept-refused", ...of_draft });
  assert.equal(visit.draft.removal, "refused");
  visit.draft.remove_ended();
  const removals = orders.filter((order) => order.order === "draft-remove");
  assert.deepEqual([visit.draft.removal, removals.length, new Set(removals.map((order) => JSON.stringify(order))).size], ["under-way", 2, 1]);
  visit.hear({ news: "draft-removed", ...of_draft });
  assert.equal(visit.draft.removal, "done");
});
