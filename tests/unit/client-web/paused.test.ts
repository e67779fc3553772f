// SPDX-License-Identifier: AGPL-3.0-or-later
// While reporting pauses, with a Worker that is made up here: what is hers alone goes on, and nothing leads to sending.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { ToWorker } from "../../../client-web/src/messages";
import { parse_pin } from "../../../client-web/src/protocol/pin";
import { check_roster } from "../../../client-web/src/protocol/roster";
import { may_come_back } from "../../../client-web/src/trouble";
import { Visit } from "../../../client-web/src/visit";
import { day_from_now, make_organisation } from "../../e2e/organisation";

const STORY = "He reads my messages. Xylophon.";
const CODENAME = "abacus abdomen abdominal abide abiding ability ablaze able";
const PAST = { valid_from: day_from_now(-60), valid_until: day_from_now(-1) };
const organisation = await make_organisation();
const pin = parse_pin(organisation.pin) ?? assert.fail();
const draft = { day: day_from_now(-1), form: { id: "test", version: 1 }, answers: { what_happened: STORY }, desk: "legal", excluded: [] };

function begin(changes: Record<string, unknown> = PAST): { visit: Visit; orders: ToWorker[]; hear_roster: (changes?: Record<string, unknown>) => void } {
  const orders: ToWorker[] = [];
  const visit = new Visit((order) => orders.push(order), () => undefined, async () => null);
  const hear_roster = (of: Record<string, unknown> = {}): void => visit.hear({ news: "roster", check: check_roster(organisation.note(of), pin, day_from_now(0), null) });
  hear_roster(changes);
  return { visit, orders, hear_roster };
}

test("a roster that has expired: she can come back, and only that; one that is not believed: not even that", () => {
  const { visit, hear_roster } = begin();
  assert.deepEqual([visit.place.at, visit.paused, may_come_back(visit.trouble), visit.roster?.version], ["trouble", true, true, 7]);
  visit.go({ at: "start" });
  assert.equal(visit.place.at, "trouble", "no report is begun");
  hear_roster({});
  assert.deepEqual([visit.paused, visit.trouble], [false, null]);
  for (const wrong of [{ valid_from: day_from_now(2) }, { places: 1 }]) {
    const other = begin(wrong);
    assert.deepEqual([other.visit.place.at, may_come_back(other.visit.trouble), other.visit.roster], ["trouble", false, null]);
  }
});

test("from the box and from her draft nothing leads to sending while it pauses, and all of it does afterwards", () => {
  const { visit, orders, hear_roster } = begin();
  visit.go({ at: "come-back" });
  visit.open_box(CODENAME);
  assert.equal(visit.place.at, "box");
  visit.keeping.go_on_with(draft);
  assert.equal(visit.place.at, "step");
  visit.said.answer("what_happened", STORY + " And more.");
  for (let i = 0; i < 10 && visit.place.at !== "trouble"; i += 1) {
    assert.ok(["step", "files"].includes(visit.place.at), visit.place.at);
    visit.next();
  }
  assert.equal(visit.place.at, "trouble", "in the place of the page that asks who gets it");
  assert.ok(orders.some((order) => order.order === "draft-save" && order.draft.answers["what_happened"] === STORY + " And more."), "saved as she writes");
  assert.equal(visit.said.answers.get("what_happened"), STORY + " And more.");
  visit.return_from_trouble();
  assert.equal(visit.place.at, "box", "it is still open");
  visit.back();
  assert.deepEqual([visit.place.at, visit.come_back.codename], ["trouble", null]);
  visit.return_from_trouble();
  assert.equal(visit.place.at, "come-back");
  visit.back();
  visit.load();
  hear_roster();
  assert.deepEqual([visit.paused, visit.place.at, visit.said.desk], [false, "check", "legal"]);
  visit.send();
  assert.equal(orders.at(-1)?.order, "send");
});

test("it expires while she sends more: what she wrote is there, and she gets back to her box", () => {
  const { visit, hear_roster } = begin({});
  visit.open_box(CODENAME);
  visit.write("follow-up");
  visit.said.answer("more", "Tuesdays are safe.");
  visit.said.choose_desk("legal");
  visit.go({ at: "check" });
  visit.send();
  hear_roster(PAST);
  assert.deepEqual([visit.place.at, may_come_back(visit.trouble)], ["trouble", true]);
  visit.return_from_trouble();
  assert.deepEqual([visit.place.at, visit.kind, visit.said.answers.get("more")], ["box", "follow-up", "Tuesdays are safe."]);
});

test("it expires while the safety part is sent: the report that is kept in her diary does not go in its place", () => {
  const { visit, hear_roster } = begin({});
  visit.said.codename = CODENAME;
  visit.said.answer("safe", "no");
  visit.said.answer("what_happened", STORY);
  visit.said.choose_desk("legal");
  visit.to_diary = true;
  visit.go({ at: "diary-kept" });
  visit.keeping.offer_safety_part();
  visit.send();
  hear_roster(PAST);
  visit.return_from_trouble();
  visit.open_box("zoom zone abdominal abide abiding ability ablaze able");
  visit.back();
  visit.load();
  hear_roster();
  assert.deepEqual([visit.place.at, visit.keeps, visit.said.answers.get("what_happened")], ["readers", true, STORY]);
});

test("found again without a desk to send to: she is asked who gets it, not for a check of nothing", () => {
  const { visit, hear_roster } = begin();
  visit.open_box(CODENAME);
  visit.keeping.go_on_with({ ...draft, desk: null });
  visit.go({ at: "readers" });
  assert.equal(visit.place.at, "trouble");
  visit.load();
  hear_roster();
  assert.equal(visit.place.at, "readers");
});
