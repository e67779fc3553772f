// SPDX-License-Identifier: AGPL-3.0-or-later
// A case at the desk: its story in order, events in words, and untrusted text that cannot pass for something else.

import assert from "node:assert/strict";
import { test } from "node:test";
import { event_words, note_of, type Known } from "../../../client-web/desk/event_words";
import { lead_words, status_words } from "../../../client-web/desk/lead";
import { as_account, as_case, as_view_path, type CaseEvent, type Listed } from "../../../client-web/desk/shapes";
import { account_title, is_unread_whole, is_unsigned, timeline_of } from "../../../client-web/desk/timeline";
import { visible_line, visible_text } from "../../../client-web/src/visible";

test("control and direction characters are made visible; scripts that need joiners stay whole", () => {
  assert.equal(visible_line("letter\u202efdp.exe"), "letter\\u{202e}fdp.exe");
  assert.equal(visible_line("a\tb\nc\u0000\u001b[2J\u007f\u0085"), "a\\u{9}b\\u{a}c\\u{0}\\u{1b}[2J\\u{7f}\\u{85}");
  assert.equal(visible_line("\u200e\u200f\u061c\u2066x\u2069\u200b\u00ad\ufeff\u2028\u{e0041}"), "\\u{200e}\\u{200f}\\u{61c}\\u{2066}x\\u{2069}\\u{200b}\\u{ad}\\u{feff}\\u{2028}\\u{e0041}");
  assert.equal(visible_line("half \ud800"), "half \\u{d800}");
  for (const whole of ["<img src=x onerror=alert(1)>", "می\u200cخواهم", "هذا نص", "👩‍🚒 é ß", "\\u{202e}"]) assert.equal(visible_line(whole), whole);
  assert.equal(visible_text("one\r\n\ttwo\n\u202ethree\rfour\u0007"), "one\n\ttwo\n\\u{202e}three\\u{d}four\\u{7}");
});

const event = (kind: string, body: CaseEvent["body"], day = "2026-11-20"): CaseEvent => ({ hash: kind + day, day, author: "ada", kind, body, readers: ["ada", "bo"] });
const account = (id: string, day: string, changes: Partial<Listed> = {}): Listed => ({ id, day, seen: false, read: false, closed: null, hold: [], withdrawn: null, signed: true, trouble: null, by_match: false, ...changes });
const known: Known = { name_of: (id) => ({ ada: "Ada", bo: "Bo\u202e" })[id] ?? id, account_of: (report) => (report === "aa" ? account_title([account("aa", "2026-11-01")], 1) : null) };

test("events in words", () => {
  const words = (kind: string, body: CaseEvent["body"]): string => event_words(event(kind, body), known);
  assert.equal(words("opened", { report: "aa" }), "read: first account");
  assert.equal(words("opened", { report: "bb" }), "read an account that is not here");
  assert.equal(words("status", { status: "working" }), "set the status: being worked on");
  assert.equal(words("risk", { risk: "immediate" }), "judged the risk: immediate");
  assert.equal(words("assign", { to: "bo" }), "said that Bo\\u{202e} leads");
  assert.equal(words("assign", { to: "ada" }), "leads from here on");
  assert.equal(words("assign", { to: null }), "said that nobody leads");
  assert.equal(words("label", { label: "hous\u202eing", set: true }), "put on the label hous\\u{202e}ing");
  assert.equal(words("label", { label: "housing", set: false }), "took off the label housing");
  assert.equal(words("deadline", { name: "Hearing", day: "2026-12-11" }), "set a deadline: Hearing, 11 Dec 2026");
  assert.equal(words("deadline", { name: "Hearing", day: null }), "said that this deadline is over: Hearing");
  assert.equal(words("share", { report: "aa", header: "00", x: 3, share: "AAAA" }), "handed on a share: first account");
  assert.equal(words("share", { report: "bb", share: "AAAA" }), "handed on a share of a report that is not here", "never the share itself");
  assert.equal(words("note", { text: "x" }), "wrote a note");
  assert.equal(words("recused", {}), "has recused herself");
  assert.equal(words("consent", { to: "her mum\u202e", answer: "no" }), "wrote down what she wants: her mum\\u{202e}: must not be told");
  assert.equal(words("disclosure", { to: "a shelter", what: "x", reason: "y", route: "z" }), "proposed to tell a shelter");
  assert.equal(words("agreed", { disclosure: "00" }), "agreed to tell somebody outside");
  assert.equal(words("disclosed", { disclosure: "00", outcome: "told" }), "said what came of telling somebody: told");
  assert.equal(words("quarantine", { report: "aa", attachment: 2, set: true, reason: "PNC" }), "put file 2 under lock: PNC");
  assert.equal(words("quarantine", { report: "aa", attachment: 2, set: false, reason: "hers" }), "took out from under lock: file 2: hers");
  assert.equal(words("risk-sheet", { fear: "of Sunday", plan: null, "lat\u202eer": "x" }), "wrote in the risk sheet: what she is afraid of, safety plan, lat\\u{202e}er");
  assert.equal(words("signed-off", { what: "closure", of: "00", text: "all\u202e done" }), "signed off (closure): all\\u{202e} done");
  assert.equal(words("cover", { for: "ada", by: "bo", until: "2026-12-12" }), "said that Bo\\u{202e} looks after what Ada leads until 12 Dec 2026");
  assert.equal(words("cover", { for: "ada", by: null, until: null }), "said that nobody stands in for Ada any more");
});

test("an event that is not of its kind, or of a kind from later, is shown as what it is", () => {
  for (const [kind, body] of [["status", {}], ["assign", { to: 3 }], ["label", { label: "x" }], ["deadline", { name: "x", day: "soon" }], ["deadline", { day: null }], ["consent", { to: "x" }], ["disclosure", {}], ["quarantine", { reason: "x", set: true }], ["risk-sheet", {}], ["signed-off", { what: "risk" }], ["cover", { for: "ada", by: "bo", until: "soon" }], ["cover", { for: "ada" }], ["later", { x: ["\u202e"] }]] as const) {
    assert.equal(event_words(event(kind, body), known), kind + ": " + visible_line(JSON.stringify(body)));
  }
  assert.equal(event_words(event("status", { status: "reviewed" }), known), "set the status: reviewed", "a status from later");
  assert.deepEqual(note_of(event("note", { text: "a", privileged: true })), { text: "a", privileged: true });
  assert.deepEqual(note_of(event("note", { text: "a" })), { text: "a", privileged: false });
  assert.equal(note_of(event("note", { text: 1 })), null);
  assert.equal(note_of(event("status", { text: "a" })), null);
});


test("the story: accounts stand before what was said on their day or later; events keep their order", () => {
  const said = (n: string, day: string): CaseEvent => ({ ...event("note", { text: n }, day), hash: n });
  const story = timeline_of(
    [account("a", "2026-11-01"), account("b", "2026-11-10"), account("c", "2026-11-30")],
    [said("1", "2026-11-02"), said("2", "2026-11-10"), said("3", "2026-11-05"), said("4", "2026-11-11")],
  );
  assert.equal(story.map((moment) => ("account" in moment ? moment.account.id + String(moment.number) : moment.events.map(({ hash }) => hash).join(","))).join(" "), "a1 1 b2 2,3,4 c3");
  assert.deepEqual(timeline_of([], []), []);
  const [early, late] = [account("a", "2026-11-01"), account("b", "2026-11-02")];
  assert.deepEqual([1, 2].map((number) => account_title([early, late], number)), ["First account", "Added by her (2)"]);
  assert.deepEqual([1, 2, 3].map((number) => account_title([early, early, late], number)), ["Account 1", "Account 2", "Account 3"], "of one day: none is the first for sure");
});

const CASE = {
  id: "c1", accused: "Kent", danger: false, status: "new", risk: "unknown", lead: null, labels: [], deadlines: { Later: "2027-01-01", Hearing: "2026-12-11", ["__proto__"]: "2026-12-12" },
  readers: ["ada"], recused: [], alarms: [], events: [], revoked_events: [], mine: true,
  reports: [{ id: "r1", bytes: 5, day: "2026-11-01", seen: false, audience: ["ada"], closed: null, hold: [], hold_mark: "00", withdrawn: null, signed: true }],
};

test("a case as the tool says it", () => {
  const one = as_case(CASE);
  assert.deepEqual(one.deadlines.map(({ name }) => name), ["Hearing", "__proto__", "Later"]);
  assert.ok(is_unread_whole(one) && !is_unsigned(one));
  const listed = CASE.reports[0];
  assert.ok(!is_unread_whole(as_case({ ...CASE, reports: [listed, { ...listed, read: true }] })), "one of them was read");
  assert.ok(is_unsigned(as_case({ ...CASE, reports: [{ ...listed, signed: false }] })));
  assert.throws(() => as_case({ ...CASE, deadlines: { Hearing: "soon" } }), /malformed: Hearing/);
  const daily = as_case({ ...CASE, status: "closed", lead: "ada", cover: { by: "bo", until: "2026-12-12" }, risk_sheet: { fear: "of Sunday", ["__proto__"]: "x" }, signed_off: { risk: "bo" }, to_sign_off: { closure: { event: "ff", by: "ada" } } });
  assert.deepEqual([...daily.risk_sheet], [["fear", "of Sunday"], ["__proto__", "x"]]);
  assert.deepEqual(daily.to_sign_off, [{ what: "closure", event: "ff", by: "ada" }]);
  assert.equal(daily.signed_off.get("risk"), "bo");
  assert.equal(status_words(daily), "Closed, not signed off");
  assert.equal(lead_words(daily, "cy", (id) => id), "led by ada (bo until 12 Dec 2026)");
  assert.equal(lead_words(daily, "bo", (id) => id), "led by ada (you until 12 Dec 2026)");
  assert.equal(lead_words({ lead: null, cover: null }, "bo", (id) => id), "nobody leads");
  assert.equal(status_words({ status: "closed", signed_off: new Map([["closure", "bo"]]) }), "Closed");
  assert.throws(() => as_case({ ...CASE, to_sign_off: { closure: "ada" } }), /malformed: closure/);
});

test("an account that was sealed without a manifest has nothing but its id and day", () => {
  const bare = as_account({ report: "r1", signed: false, arrived: "2026-11-01" });
  assert.deepEqual([bare.signed, bare.answers.length, bare.attachments.length], [false, 0, 0]);
});

test("a frame is given nothing but an address of a view", () => {
  assert.equal(as_view_path({ path: "/view/0af1" }), "/view/0af1");
  for (const path of ["javascript:alert(1)", "//other/view/00", "/view/../api/desk", "/view/", "http://x/view/00", "/view/00?x"]) assert.throws(() => as_view_path({ path }), /malformed/, path);
});
