// SPDX-License-Identifier: AGPL-3.0-or-later
// Naming him, on the way of a visit, with a Worker that is made up here: what can be held, where, and when she is told that it is.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { SendOrder, ToWorker } from "../../../client-web/src/messages";
import { Naming, typed_before } from "../../../client-web/src/naming";
import { encode_identifier, normalise_identifier, type Identifier, type IdentifierKind } from "../../../client-web/src/protocol/identifier";
import { parse_pin } from "../../../client-web/src/protocol/pin";
import { check_roster } from "../../../client-web/src/protocol/roster";
import { Visit } from "../../../client-web/src/visit";
import { day_from_now, make_organisation } from "../../e2e/organisation";
import { draw_holders, matching_entry } from "../../e2e/evaluation_holders";

const organisation = await make_organisation();
const { matching } = draw_holders(1, 1, ["robin", "sam"]);
const STORY = "He reads my messages. Xylophon.";
const CODENAME = "abacus abdomen abdominal abide abiding ability ablaze able";

const identifier = (kind: IdentifierKind, ...typed: string[]): Identifier => {
  const made = normalise_identifier(kind, typed);
  return made.fault === null ? made.identifier : assert.fail(made.fault);
};
const PLATE = identifier("registration-mark", "ab12 cde");

function begin(changes: Record<string, unknown> = { matching: matching_entry(matching) }, danger = false): { visit: Visit; orders: ToWorker[]; at: () => string } {
  const orders: ToWorker[] = [];
  const visit = new Visit((order) => orders.push(order), () => undefined, async () => null);
  const pin = parse_pin(organisation.pin) ?? assert.fail();
  visit.hear({ news: "roster", check: check_roster(organisation.note(changes), pin, day_from_now(0), null) });
  visit.said.codename = CODENAME;
  if (danger) visit.said.answer("safe", "no");
  visit.said.answer("what_happened", STORY);
  visit.go({ at: "readers" });
  return { visit, orders, at: () => visit.place.at };
}
const sent = (orders: readonly ToWorker[]): { report: SendOrder; turn: number } => orders.flatMap((order) => (order.order === "send" ? [order] : [])).at(-1) ?? assert.fail("nothing was sent");
const arrive = (visit: Visit, companion = true): void => visit.hear({ news: "sent", short_code: "AAAA", day: day_from_now(0), companion });

test("with a roster that matches nothing, nobody is named and nothing can be held", () => {
  const { visit, at } = begin({});
  visit.said.choose_desk("legal");
  assert.deepEqual([visit.matching.can_name, visit.matching.can_hold], [false, false]);
  visit.next();
  assert.equal(at(), "codename");
});

test("she names him or nobody; both go on, and a draft has nothing of it", () => {
  const { visit, orders, at } = begin();
  visit.said.choose_desk("legal");
  visit.next();
  assert.equal(at(), "naming");
  visit.said.naming.add(PLATE);
  visit.said.naming.add(PLATE);
  visit.said.naming.exclude("sam", true);
  visit.next();
  assert.equal(at(), "codename");
  assert.ok(!JSON.stringify(visit.keeping.as_draft() ?? "").includes("AB12CDE"));
  visit.draft.begin(CODENAME, true);
  assert.ok(visit.keeping.as_draft() !== null && !JSON.stringify(visit.keeping.as_draft()).includes("AB12"));
  visit.go({ at: "check" });
  visit.send();
  assert.deepEqual(sent(orders).report.naming, { inputs: [encode_identifier(PLATE)], excluded: ["sam"], hold: null });
  arrive(visit);
  assert.deepEqual([at(), visit.sending.companion, visit.matching.named, visit.said.naming.identifiers], ["sent", "going", true, []], "it has arrived, whatever comes of the rest");
  visit.hear({ news: "companion", turn: sent(orders).turn + 1, state: "refused" });
  assert.equal(visit.sending.companion, "going", "of another report");
  visit.hear({ news: "companion", turn: sent(orders).turn, state: "stored" });
  assert.deepEqual([at(), visit.sending.companion], ["sent", "stored"]);
});

test("whoever names somebody is told where nothing follows; whoever names nobody is not bothered", () => {
  for (const [names, companion] of [[true, "refused"], [false, "none"]] as const) {
    const { visit } = begin();
    visit.said.choose_desk("legal");
    if (names) visit.said.naming.add(PLATE);
    visit.send();
    arrive(visit, false);
    assert.equal(visit.sending.companion, companion);
  }
});

test("held: not without a name, nor at a desk where several open together, nor where she left out all who match", () => {
  const desks = [{ id: "legal", name: "Legal desk", description: "", threshold: 2 }, { id: "support", name: "Support desk", description: "", threshold: 1 }];
  const { visit, at } = begin({ matching: matching_entry(matching), desks });
  assert.ok(visit.matching.can_hold, "no desk is chosen yet");
  visit.keeping.choose("hold");
  visit.said.choose_desk("legal");
  assert.deepEqual([visit.matching.can_hold, visit.matching.holds], [false, true], "what she chose is not changed behind her back");
  visit.said.choose_desk("support");
  assert.ok(visit.matching.can_hold && visit.matching.lacks_name);
  for (const id of ["robin", "sam"]) visit.said.naming.exclude(id, true);
  assert.ok(!visit.matching.can_hold);
  visit.said.naming.exclude("robin", false);
  visit.change({ at: "readers" });
  visit.next();
  assert.equal(at(), "naming", "not back to the check page before he is named");
  visit.said.naming.add(PLATE);
  assert.ok(!visit.matching.lacks_name);
  visit.said.naming.change({ asks_first: true });
  assert.ok(visit.matching.lacks_name);
  visit.said.naming.change({ contact: " Ring 000. " });
  visit.next();
  assert.equal(at(), "check");
  visit.keeping.choose("diary");
  assert.deepEqual([visit.matching.holds, visit.matching.can_name, visit.keeps], [false, false, true]);
});

test("a held report is sent only when its companion is there: until then her words and her draft stay, and she can send it after all", () => {
  const { visit, orders, at } = begin();
  visit.said.choose_desk("legal");
  visit.draft.begin(CODENAME, true);
  visit.keeping.choose("hold");
  visit.said.naming.add(PLATE);
  visit.said.naming.change({ threshold: 3, asks_first: true, contact: "Ring 000.\r\nNot on Fridays.\n" });
  visit.send();
  assert.deepEqual(sent(orders).report.naming.hold, { threshold: 3, contact: "Ring 000.\nNot on Fridays." });
  arrive(visit);
  const removed = (): boolean => orders.some(({ order }) => order === "draft-remove");
  assert.deepEqual([at(), visit.said.answers.get("what_happened"), removed(), visit.under_way], ["holding", STORY, false, true]);
  assert.ok(visit.back());
  assert.equal(at(), "holding");
  visit.hear({ news: "companion", turn: sent(orders).turn, state: "refused" });
  assert.deepEqual([at(), removed()], ["holding", false]);
  const first = sent(orders).turn;
  visit.matching.send_after_all();
  assert.deepEqual([at(), sent(orders).report.naming.hold, sent(orders).report.disclosure.answers["what_happened"], sent(orders).turn], ["sending", null, STORY, first + 1]);
  assert.equal(orders.at(-2)?.order, "companion-stop");
  arrive(visit);
  assert.deepEqual([at(), visit.said.is_empty, removed(), visit.matching.waits], ["sent", true, false, false]);
  visit.hear({ news: "companion", turn: sent(orders).turn, state: "waiting" });
  assert.ok(!removed());
  visit.hear({ news: "companion", turn: sent(orders).turn, state: "refused" });
  assert.ok(removed(), "after the last step, as that of a report that is held: the line shows no difference");
});

test("held, and done: her words go, the draft too; where she told of danger, the safety part is offered first", () => {
  for (const danger of [false, true]) {
    const { visit, orders, at } = begin({ matching: matching_entry(matching) }, danger);
    visit.said.choose_desk("legal");
    visit.said.exclude("sam", true);
    visit.draft.begin(CODENAME, true);
    visit.keeping.choose("hold");
    visit.said.naming.add(PLATE);
    visit.send();
    arrive(visit);
    const { turn } = sent(orders);
    visit.hear({ news: "companion", turn, state: "stored" });
    assert.ok(orders.some(({ order }) => order === "draft-remove"));
    assert.deepEqual([visit.matching.waits, visit.matching.held_for], [true, 2]);
    if (danger) {
      assert.deepEqual([at(), Object.fromEntries(visit.said.answers), visit.said.naming.identifiers], ["safety-part", { safe: "no" }, []]);
      visit.next();
      assert.deepEqual([at(), [...visit.said.excluded]], ["readers", ["sam"]]);
      visit.next();
      visit.send();
      assert.deepEqual(sent(orders).report.naming, { inputs: [], excluded: [], hold: null });
      arrive(visit);
      assert.deepEqual([at(), visit.matching.waits, visit.held?.is_empty, visit.held?.naming.identifiers], ["sent", true, true, []]);
    } else assert.deepEqual([at(), visit.said.is_empty], ["sent", true]);
    assert.ok(!JSON.stringify([visit.said, visit.held]).includes("AB12CDE"));
  }
});

test("she keeps all of it held: nothing else is sent, and her words go from the page", () => {
  const { visit, orders, at } = begin({ matching: matching_entry(matching) }, true);
  visit.said.choose_desk("legal");
  visit.keeping.choose("hold");
  visit.said.naming.add(PLATE);
  visit.send();
  arrive(visit);
  visit.hear({ news: "companion", turn: sent(orders).turn, state: "stored" });
  visit.keeping.keep_all();
  assert.deepEqual([at(), visit.said.is_empty, visit.kind, orders.filter(({ order }) => order === "send").length], ["sent", true, "report", 1]);
});

test("leaving forgets whom she named, what she wrote to be asked by, and the choice", () => {
  const { visit } = begin();
  const { naming } = visit.said;
  naming.add(PLATE);
  naming.change({ holds: true, asks_first: true, contact: "Ring 000." });
  naming.exclude("sam", true);
  visit.forget();
  assert.deepEqual([naming.identifiers, naming.holds, naming.asks_first, naming.contact, naming.excluded.size], [[], false, false, "", 0]);
});

test("eight at most; words by which she is asked first are needed, not too long, and can be read", () => {
  const naming = new Naming(() => undefined);
  for (let i = 0; i < 9; i += 1) naming.add(identifier("registration-mark", `ab1${i} cde`));
  assert.equal(naming.identifiers.length, 8);
  naming.remove(0);
  assert.deepEqual([naming.identifiers.length, naming.has(identifier("registration-mark", "AB10CDE")), naming.has(identifier("registration-mark", "AB11CDE"))], [7, false, true]);
  const fault = (contact: string): string | null => {
    naming.change({ contact });
    return naming.contact_fault;
  };
  assert.equal(fault(""), null);
  naming.change({ holds: true, asks_first: true });
  assert.deepEqual([" \n", "ü".repeat(513), "a\u0000b", "Ring 000."].map(fault), ["missing", "too-long", "unreadable", null]);
});

test("what she has said of him already stands in the fields; a force only where it is one of the list", () => {
  const accused = { force: "Heddlu Gwent", surname: "Quaxington", given_name: "Robin", collar_number: "PC 77", birth_year: "about 1980", wants: ["a", "b"] };
  assert.deepEqual(typed_before("collar-number", accused), ["gwent", "PC 77"]);
  assert.deepEqual(typed_before("name-force-and-birth-year", accused), ["Quaxington", "Robin", "gwent", "about 1980"]);
  assert.deepEqual(typed_before("warrant-number", { force: "London", wants: ["a"] }), ["", ""]);
  assert.deepEqual(typed_before("social-handle", accused), ["", ""]);
});

test("what follows an earlier report ends no draft but that report's own", () => {
  const { visit, orders } = begin();
  visit.said.choose_desk("legal");
  visit.draft.begin(CODENAME, true);
  visit.send();
  arrive(visit);
  visit.draft.let_go();
  visit.draft.begin("zoom zoom zoom zoom zoom zoom zoom zoom", false);
  visit.hear({ news: "companion", turn: sent(orders).turn, state: "stored" });
  assert.ok(!orders.some(({ order }) => order === "draft-remove"));
});
