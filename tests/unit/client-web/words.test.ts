// SPDX-License-Identifier: AGPL-3.0-or-later
// Languages: which one is spoken, the platform's rules, what the organisation says in which, and that all are complete.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { in_language, line_of, privacy_line } from "../../../client-web/src/organisation";
import { parse_form, type Form } from "../../../client-web/src/protocol/form";
import { parse_json } from "../../../client-web/src/protocol/json";
import { parse_pin } from "../../../client-web/src/protocol/pin";
import { check_roster, type Roster } from "../../../client-web/src/protocol/roster";
import { same_questions } from "../../../client-web/src/protocol/roster_words";
import { LANGUAGES, marked, offered, preferred, say, speak, spoken } from "../../../client-web/src/words";
import { en } from "../../../client-web/src/words/en";
import { day_in, plurals_of, size_in } from "../../../client-web/src/words/platform";
import { pseudo_words } from "../../../client-web/src/words/pseudo";
import { day_from_now, make_organisation, TEST_FORM } from "../../e2e/organisation";

const root = process.env["CANDOUR_ROOT"] ?? ".";
const organisation = await make_organisation();
const roster_with = (changes: Record<string, unknown>): Roster => {
  const pin = parse_pin(organisation.pin);
  const check = pin === null ? null : check_roster(organisation.note(changes), pin, day_from_now(0), null);
  assert.ok(check !== null && check.fault === null, JSON.stringify(check));
  return check.roster;
};
const language = (tag: string): (typeof LANGUAGES)[number] => LANGUAGES.find((known) => known.tag === tag) ?? assert.fail(tag);

test("a language is spoken only where it is switched on", () => {
  const tags = (switched_on: string[]): string[] => offered(switched_on).map(({ tag }) => tag);
  assert.deepEqual(tags(["en"]), ["en"]);
  assert.deepEqual(tags(["cy", "xx", "en"]), ["cy", "en"]);
  assert.deepEqual(tags(["xx"]), ["en"], "English where the page has none of them");
  assert.equal(preferred(["en"], ["cy"]).tag, "en");
  assert.equal(preferred(["en", "cy"], ["fr", "cy-GB", "en"]).tag, "cy");
  assert.equal(preferred(["cy", "en"], ["fr"]).tag, "cy", "the organisation's first");
  assert.deepEqual(roster_with({}).languages, ["en"]);
});

test("the words are read anew once another language is spoken", () => {
  speak(language("cy"));
  assert.equal(say.continue, "Parhau");
  assert.equal(spoken.reviewed, false);
  assert.deepEqual([marked("cy"), marked("en")], [{ lang: "cy" }, { lang: "en", dir: "auto" }]);
  speak(language("en"));
  assert.equal(say.continue, en.continue);
});

test("what a page for tests speaks is not in this catalogue", () => assert.deepEqual(LANGUAGES.map(({ tag }) => tag), ["en", "cy"]));

/** Paths of all texts, with the number of things that a function wants. */
function shape(words: unknown, path = ""): string[] {
  if (typeof words === "function") return [path + "(" + words.length + ")"];
  if (typeof words === "object" && words !== null) return Object.entries(words).flatMap(([name, inner]) => shape(inner, path + "/" + name));
  return [path];
}

test("each language says everything that English says, lists as long, in words of its own", () => {
  for (const { tag, words } of LANGUAGES) {
    assert.deepEqual(shape(words).sort(), shape(en).sort(), tag);
    if (tag === "en") continue;
    const same = shape(en).filter((path) => {
      const at = (from: unknown): unknown => path.split("/").slice(1).reduce((inner: unknown, name) => (inner as Record<string, unknown>)[name], from);
      return typeof at(en) === "string" && at(en) === at(words);
    });
    assert.deepEqual(same, [], tag + ": still English");
  }
});

test("plurals, days and sizes by the platform", () => {
  const six = plurals_of("cy");
  const forms = { zero: "zero", one: "one", two: "two", few: "few", many: "many", other: "other" };
  assert.deepEqual([0, 1, 2, 3, 6, 4, 7].map((count) => six(count, forms)), ["zero", "one", "two", "few", "many", "other", "other"]);
  assert.equal(six(2, { other: "other" }), "other");
  assert.equal(en.characters_left(1), "You have 1 character left");
  assert.equal(en.characters_left(-2), "You have 2 characters too many");
  assert.equal(language("cy").words.exit.press_more(2), "Shift, pwyswch ddwywaith eto i adael.");
  assert.equal(day_in("en-GB", "2026-11-25"), "25 November 2026");
  assert.equal(day_in("cy", "2026-11-25"), "25 Tachwedd 2026");
  assert.equal(day_in("xx", "2026-11-25"), "25/11/2026", "a language that the platform does not know: digits alone");
  assert.deepEqual([size_in("en", 10), size_in("en", 2_500_000), size_in("en", 2147483648)], ["10 bytes", "2.5 MB", "2.1 GB"]);
});

test("the organisation's lines: in her language, else in its own, else the page's", () => {
  const nations = { england: "In England, so.", wales: "In Wales, so." };
  const roster = roster_with({
    languages: ["en", "cy"], texts: { read_when: "On Mondays.", privacy_in: nations },
    translations: [{ language: "cy", form: { ...TEST_FORM, language: "cy" }, texts: { emergency: "Ffoniwch.", privacy_in: { wales: "Yng Nghymru, felly." } } }],
  });
  assert.deepEqual(line_of(roster, "read_when"), { text: "On Mondays.", language: "en" });
  assert.deepEqual(line_of(roster, "emergency"), { text: en.texts.emergency, language: "en" });
  assert.deepEqual(privacy_line(roster, "wales"), { text: nations.wales, language: "en" });
  assert.equal(in_language(roster, "cy").form.language, "cy");
  speak(language("cy"));
  assert.deepEqual(line_of(roster, "emergency"), { text: "Ffoniwch.", language: "cy" });
  assert.deepEqual(line_of(roster, "read_when"), { text: "On Mondays.", language: "en" });
  assert.deepEqual(line_of(null, "court"), { text: language("cy").words.texts.court, language: "cy" });
  assert.deepEqual(privacy_line(roster, "wales"), { text: "Yng Nghymru, felly.", language: "cy" });
  assert.deepEqual(privacy_line(roster, "england"), { text: nations.england, language: "en" });
  speak(language("en"));
});

test("duties differ by nation; an organisation that says its own for everywhere is not overruled", () => {
  const silent = roster_with({});
  assert.notEqual(privacy_line(silent, "northern_ireland").text, privacy_line(silent, "scotland").text);
  assert.equal(privacy_line(silent, "scotland").text, en.texts.privacy);
  const own = roster_with({ texts: { privacy: "We tell nobody." } });
  assert.equal(privacy_line(own, "northern_ireland").text, "We tell nobody.");
});

function default_form(tag: string): Form {
  return parse_form(parse_json(readFileSync(join(root, `protocol/forms/default.${tag}.json`), "utf8")));
}

test("the default form asks for the nation before anything else", () => {
  const questions = default_form("en").steps.flatMap((step) => step.questions);
  assert.equal(questions[0]?.id, "nation");
  for (const nation of Object.keys(en.privacy_in)) assert.ok(questions[0]?.options.some(({ id }) => id === nation), nation);
});

/** Every text of a form, by where it stands. */
function texts_of(form: Form): Map<string, string> {
  const texts = form.steps.flatMap((step): [string, string][] => [
    [step.id, step.title], ...step.text.map((text, i): [string, string] => [`${step.id}/text/${i}`, text]),
    ...step.questions.flatMap((question): [string, string][] => [
      [question.id, question.label], [question.id + "/hint", question.hint], ...question.options.map(({ id, label }): [string, string] => [question.id + "/" + id, label]),
    ]),
  ]);
  return new Map(texts);
}

test("the default form in Welsh: asks the same, says each text in words of its own, and is marked as not checked by a speaker", () => {
  const [english, welsh] = [default_form("en"), default_form("cy")];
  assert.equal(welsh.language, "cy");
  assert.ok(same_questions(english, welsh));
  const [said, translated] = [texts_of(english), texts_of(welsh)];
  assert.ok(said.size > 200);
  assert.deepEqual([...translated.keys()], [...said.keys()]);
  assert.deepEqual([...said].filter(([at, text]) => (text === "") !== (translated.get(at) === "") || (text !== "" && text === translated.get(at))), []);
  for (const number of ["999", "55", "116 123", "0808 800 5000"]) {
    const with_it = (texts: Map<string, string>): string[] => [...texts].filter(([, text]) => text.includes(number)).map(([at]) => at);
    assert.deepEqual(with_it(translated), with_it(said), number);
  }
  assert.equal((JSON.parse(readFileSync(join(root, "protocol/forms/default.cy.json"), "utf8")) as { reviewed: unknown }).reviewed, language("cy").reviewed);
  roster_with({ form: JSON.parse(readFileSync(join(root, "protocol/forms/default.en.json"), "utf8")), languages: ["en", "cy"], translations: [{ language: "cy", form: JSON.parse(readFileSync(join(root, "protocol/forms/default.cy.json"), "utf8")) }] });
});

test("the frame in index.html says what the catalogue says", () => {
  const page = readFileSync(join(root, "client-web/static/index.html"), "utf8");
  for (const words of [en.skip, en.exit.button, " " + en.exit.button_hint, en.loading]) assert.ok(page.includes(">" + words + "<"), words);
});

test("the pseudo language changes every text, also what functions say", () => {
  const pseudo = pseudo_words(en);
  assert.ok(pseudo.continue.length >= en.continue.length * 1.4);
  assert.ok(pseudo.part(1, 2).startsWith("\u202e"));
});
