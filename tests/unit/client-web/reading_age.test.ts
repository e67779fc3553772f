// SPDX-License-Identifier: AGPL-3.0-or-later
// No page above grade 9, so that it can be read in distress: the page's own English, the default form, the static pages, and those that the
// server makes for browsers without JavaScript.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { en } from "../../../client-web/src/words/en";
import { grade, pieces_of, syllables } from "./reading_age";

const GRADE_MAX = 9;
const root = process.env["CANDOUR_ROOT"] ?? ".";
const english = join(root, "client-web/src/words/en");

test("the count: syllables and grades as by hand", () => {
  const by_hand = { the: 1, table: 2, people: 2, reads: 1, tried: 1, wanted: 2, choose: 1, abuse: 2, evidence: 3, organisation: 5, police: 2, Refuge: 2, changes: 2 };
  for (const [word, count] of Object.entries(by_hand)) assert.equal(syllables(word), count, word);
  assert.ok(Math.abs(grade(["The cat sat on the mat."]) - (0.39 * 6 + 11.8 - 15.59)) < 1e-9);
  assert.ok(grade(["Notwithstanding considerable institutional reorganisation, accountability mechanisms deteriorated significantly."]) > 20);
});

/** The texts of HTML, without its tags. */
function pieces_of_html(html: string): string[] {
  const pieces = html.replace(/<head>.*<\/head>/s, "").split(/<\/?(?:p|li|h[1-6]|div|noscript|main|header|a|ol|ul|dt|dd|pre|label|legend|button|details|summary|code)\b[^>]*>/);
  return pieces.map((piece) => piece.replace(/<[^>]*>/g, "").trim());
}

/** The string literals of C++, one that goes on in the next joined to it. */
function literals_of(source: string): string[] {
  const found: string[] = [];
  let end = -1;
  for (const literal of source.matchAll(/R"\((?<raw>.*?)\)"|"(?<plain>(?:[^"\\\n]|\\.)*)"/gs)) {
    const text = literal.groups?.["raw"] ?? (literal.groups?.["plain"] ?? "").replace(/\\(.)/g, (_all, c: string) => (c === "n" ? "\n" : c));
    if (end >= 0 && source.slice(end, literal.index).trim() === "") found.push((found.pop() ?? "") + text);
    else found.push(text);
    end = literal.index + literal[0].length;
  }
  return found;
}

/** Pages by name: each area of the words; what stands alone at the top is in many of them. */
function pages(): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const alone = Object.entries(en).filter(([, words]) => typeof words !== "object").map(([, words]) => words);
  found.set("words/", pieces_of(alone));
  for (const [area, words] of Object.entries(en)) if (typeof words === "object") found.set("words/" + area, pieces_of(words));
  const form = JSON.parse(readFileSync(join(root, "protocol/forms/default.en.json"), "utf8")) as { steps: { id: string; title: string; text: string[]; questions: { label: string; hint?: string; options?: { label: string }[] }[] }[] };
  for (const step of form.steps) {
    found.set("form/" + step.id, [step.title, ...step.text, ...step.questions.flatMap(({ label, hint, options }) => [label, hint ?? "", ...(options ?? []).map((option) => option.label)])]);
  }
  const folder = join(root, "client-web/static");
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".html"))) {
    found.set("static/" + name, pieces_of_html(readFileSync(join(folder, name), "utf8")));
  }
  const made = literals_of(readFileSync(join(root, "server/routes/plain_pages.cpp"), "utf8").replace(/^#.*$/gm, ""));
  found.set("server/plain_pages", made.flatMap(pieces_of_html));
  return found;
}

for (const [name, pieces] of pages()) {
  test("reading age: " + name, (t) => {
    const found = grade(pieces);
    const hardest = [...pieces].sort((a, b) => grade([b]) - grade([a])).slice(0, 3);
    t.diagnostic("grade " + found.toFixed(1));
    assert.ok(found <= GRADE_MAX, `grade ${found.toFixed(1)}; hardest:\n` + hardest.map((piece) => grade([piece]).toFixed(1) + " " + piece).join("\n"));
  });
}

test("the words of the pages without JavaScript are found where the server makes them", () => {
  const words = pages().get("server/plain_pages") ?? [];
  for (const said of ["We threw it away. Lock your file first. Then choose the new file, whose name is locked.age.", "Do you know any of them?", "Empty the bin too. Then close"]) {
    assert.ok(words.some((piece) => piece.includes(said)), said);
  }
});

test("every file of English words is part of the catalogue, so that none escapes", () => {
  const index = readFileSync(join(english, "index.ts"), "utf8");
  for (const name of readdirSync(english).filter((file) => file !== "index.ts")) {
    assert.ok(index.includes(`from "./${name.replace(/\.ts$/, "")}"`), name);
  }
});
