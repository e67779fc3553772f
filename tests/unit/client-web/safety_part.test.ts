// SPDX-License-Identifier: AGPL-3.0-or-later
// The safety part of a report that is held back: when there is one, and that nothing else is in it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse_form, type Answer, type Form } from "../../../client-web/src/protocol/form";
import { make_disclosure } from "../../../client-web/src/protocol/report";
import { any_danger, safety_part } from "../../../client-web/src/protocol/safety_part";

const form = parse_form(JSON.parse(readFileSync(join(process.env["CANDOUR_ROOT"] ?? ".", "protocol/forms/default.en.json"), "utf8")));
const questions = form.steps.flatMap((step) => step.questions);
const part_of = (answers: Record<string, Answer>, of: Form = form): Record<string, Answer> | null => {
  const part = safety_part(of, new Map(Object.entries(answers)));
  return part === null ? null : { ...make_disclosure(part.form, part.answers).answers };
};

test("no danger told: there is none, whatever else was answered", () => {
  assert.equal(part_of({}), null);
  assert.equal(part_of({ safe_now: "yes", children: "no", what_happened: "A story.", contact: "yes", contact_how: "By post." }), null);
  assert.equal(part_of({ children: "no", children_danger: "yes" }), null, "a hidden answer tells nothing");
});

test("the default form: each sign of danger by itself makes one, with what was told and how to reach her", () => {
  const signs = questions.flatMap((question) => question.options.filter(({ danger }) => danger).map(({ id }) => ({ question, id })));
  assert.ok(signs.length > 10);
  for (const { question, id } of signs) {
    const told = { [question.id]: question.kind === "choices" ? [id] : id, ...(question.id === "children_danger" ? { children: "yes" } : {}) };
    assert.deepEqual(part_of({ ...told, what_happened: "A story.", contact: "yes", contact_how: "By post." }), { ...told, contact: "yes", contact_how: "By post." }, question.id);
  }
});

test("of a report with every answer, only what is marked goes, and nothing that names him", () => {
  const everything = new Map(questions.map((question): [string, Answer] => {
    const first = question.options.find(({ danger }) => danger)?.id ?? question.options.at(-2)?.id ?? "words: " + question.id;
    return [question.id, question.kind === "choices" ? [first] : first];
  }));
  everything.set("contact", "yes");
  const part = safety_part(form, everything);
  assert.ok(part !== null);
  const { form: named, answers, accused } = make_disclosure(part.form, part.answers);
  assert.deepEqual(named, { id: form.id, version: form.version });
  assert.deepEqual(accused, {});
  assert.deepEqual(new Set(Object.keys(answers)), new Set(questions.filter(({ safety }) => safety).map(({ id }) => id)));
  for (const kept of ["what_happened", "when", "where", "his_surname", "his_force", "you_force", "others_why"]) assert.equal(answers[kept], undefined, kept);
});

const option = (id: string, danger = false): object => ({ id, label: id, ...(danger ? { danger } : {}) });
const choice = (id: string, more: object): object => ({ id, kind: "choice", label: id, options: [option("yes", true), option("no")], ...more });

test("a question whose condition is not in the part is asked there as it was in the whole", () => {
  const of = (safety: boolean): Form => parse_form({
    id: "f", version: 1, language: "en", account: ["a"],
    steps: [{ id: "s", title: "S", text: [], questions: [choice("a", { safety }), choice("b", { safety: true, show_if: { question: "a", is: ["yes"] } }), choice("c", { safety: true, show_if: { question: "b", is: ["yes"] } })] }],
  });
  assert.deepEqual(part_of({ a: "yes", b: "yes", c: "no" }, of(false)), { b: "yes", c: "no" });
  assert.deepEqual(part_of({ a: "yes", b: "no", c: "yes" }, of(false)), { b: "no" }, "c is hidden there too");
  assert.equal(part_of({ a: "no", b: "yes", c: "yes" }, of(false)), null);
  const shown = safety_part(of(true), new Map([["a", "yes"]]))?.form.steps[0]?.questions.map(({ id, show_if }) => [id, show_if?.question]);
  assert.deepEqual(shown, [["a", undefined], ["b", "a"], ["c", "b"]], "a condition that is in it still holds, also when she changes her answer");
});

test("danger that is told in what is not marked: there is nothing to send", () => {
  const of = parse_form({ id: "f", version: 1, language: "en", account: ["a"], steps: [{ id: "s", title: "S", text: [], questions: [choice("a", {}), choice("b", { safety: true })] }] });
  assert.ok(any_danger(of, new Map([["a", "yes"]])));
  assert.equal(part_of({ a: "yes" }, of), null);
});
