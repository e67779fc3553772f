// SPDX-License-Identifier: AGPL-3.0-or-later
// People, from the first page to the last, with the default form: a threat to kill on a Friday night; a report kept back that mentions a child;
// a Welsh speaker with a screen magnifier. (An officer interrupted in her story: diary.test.ts. A codename forced out of her: come_back.test.ts.)

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "puppeteer-core";
import { cy } from "../../client-web/src/words/cy";
import { en } from "../../client-web/src/words/en";
import { pieces_of } from "../unit/client-web/reading_age";
import { choose, FARTHEST_BROWSERS, heading, press, shoot, type, until, until_heading, walked, type BrowserName } from "./browser";
import { assert_good_view, clipped } from "./checks";
import { candour_open } from "./desk";
import type { Site } from "./server";
import { share_visits, type Visits } from "./visits";
import { learn_codename, pass_time, says, STORY, until_sent } from "./walk";

const form_in = (language: string): { steps: { id: string; title: string }[] } =>
  JSON.parse(readFileSync(join(process.env["CANDOUR_ROOT"] ?? ".", `protocol/forms/default.${language}.json`), "utf8")) as ReturnType<typeof form_in>;
const [ENGLISH, WELSH] = [form_in("en"), form_in("cy")];
const title_of = (step: string, form = ENGLISH): string => form.steps.find(({ id }) => id === step)?.title ?? assert.fail(step);
const READ_WHEN = { en: "We read from Monday to Friday, 9 to 5. Nobody reads at night or at the weekend.", cy: "Rydym yn darllen o ddydd Llun i ddydd Gwener, 9 tan 5. Nid oes neb yn darllen gyda’r nos nac ar y penwythnos." };

let site: Site;
let open: Visits["open"];
share_visits(FARTHEST_BROWSERS, (visits) => {
  ({ site, open } = visits);
  site.publish(site.organisation.note({
    version: 8, form: ENGLISH, languages: ["en", "cy"], texts: { read_when: READ_WHEN.en },
    translations: [{ language: "cy", form: WELSH, texts: { read_when: READ_WHEN.cy } }],
  }));
});

/** What the page and the form say in English, long enough that it cannot be Welsh too. */
const english_texts = [...pieces_of(en), ...pieces_of(ENGLISH)].filter((text) => text.length > 14);

const text_of = (page: Page): Promise<string> => page.evaluate(() => document.body.innerText);

/** From the first page into the form. */
async function begin(name: BrowserName): Promise<Page> {
  const { page } = await open(name);
  await until_heading(page, en.start.title, 60_000);
  await press(page, en.start.button);
  await until_heading(page, en.safety.title);
  await press(page, en.safety.button);
  await until_heading(page, en.diary.stop.title);
  await press(page, en.diary.stop.no);
  await until_heading(page, title_of("safety"));
  return page;
}

/** Continue until the step is there; on the way nothing is answered. */
async function on_to(page: Page, title: string, go_on: string = en.continue): Promise<void> {
  for (let i = 0; i < ENGLISH.steps.length + 1; i += 1) {
    const before = await heading(page);
    if (before === title) return;
    await press(page, go_on);
    await until(page, (old: string) => document.querySelector("h1")?.textContent !== old, {}, before);
  }
  throw new Error("no way to " + title);
}

function last_report_id(): string {
  const ids = site.line.requests.map((request) => /^PUT \/v1\/reports\/([0-9a-f]{64}) /.exec(request)?.[1]).filter((id) => id !== undefined);
  return ids.at(-1) ?? assert.fail("nothing was sent");
}

/** Who cannot come, who can be called, and when somebody reads, before anything that comes after `before` on the page. */
async function assert_honest(page: Page, before: string, where: string): Promise<void> {
  const text = await text_of(page);
  const danger = text.slice(text.indexOf(en.start.danger), text.indexOf(before));
  for (const said of [en.texts.not_emergency, en.texts.emergency, READ_WHEN.en]) assert.ok(danger.includes(said), `${where}: “${said}” is not in: ${danger}`);
}

test("a threat to kill on a Friday night: nobody can come, 999 is the police, nobody reads before Monday; where she says so and after it was sent", async () => {
  const page = await begin("chromium");
  await choose(page, "q-nation");
  assert.ok(!(await text_of(page)).includes(en.start.danger), "not before she has said anything of it");
  await choose(page, "q-safe_now-no");
  await until(page, (text: string) => document.body.innerText.includes(text), {}, en.start.danger);
  await assert_honest(page, "Who is this about?", "right at the question");
  assert.equal(await page.evaluate(() => document.querySelector(".danger")?.closest("[aria-live]")?.getAttribute("aria-live")), "polite", "a screen reader says it");
  await assert_good_view(page, "chromium", "friday-safe-now");
  await press(page, en.continue);
  await until_heading(page, title_of("account"));
  await type(page, "q-what_happened", "He said that he would kill me when he is off duty on Friday.");
  await on_to(page, title_of("risk"));
  await choose(page, "q-risk_signs-threat_to_kill");
  await until(page, (text: string) => document.body.innerText.includes(text), {}, en.start.danger);
  await assert_honest(page, "Has a break-up happened", "at the risk");
  await choose(page, "q-his_suicide");
  assert.equal(await page.$$eval(".danger", (all) => all.length), 1, "said once a page");
  await assert_good_view(page, "chromium", "friday-risk");
  await on_to(page, en.readers.title);
  await choose(page, "desk");
  await press(page, en.continue);
  await learn_codename(page);
  await until_heading(page, en.check.title);
  await press(page, en.check.button);
  await until_heading(page, en.sent.title, 60_000);
  await assert_honest(page, en.sent.next_title, "after it was sent");
  await assert_good_view(page, "chromium", "friday-sent");
});

for (const name of walked(FARTHEST_BROWSERS)) {
  test("a report kept in the diary mentions a child: the safety part goes, as she saw it, and nothing of the story: " + name, async () => {
    const at = (view: string): Promise<void> => assert_good_view(page, name, "held-" + view);
    const page = await begin(name);
    await press(page, en.continue);
    await until_heading(page, title_of("account"));
    await type(page, "q-what_happened", STORY);
    await press(page, en.continue);
    await until_heading(page, title_of("him"));
    await type(page, "q-his_surname", "Quaxington");
    await on_to(page, title_of("children"));
    await choose(page, "q-children");
    await type(page, "q-children_ages", "3 and 5");
    await choose(page, "q-children_danger-unsure");
    await on_to(page, title_of("contact"));
    await choose(page, "q-contact-yes");
    await type(page, "q-contact_how", "A text to the number that I give you.");
    await type(page, "q-contact_when", "Mondays");
    await on_to(page, en.readers.title);
    await choose(page, "choice-keep");
    await says(page, en.diary.readers.nobody);
    await says(page, en.diary.readers.part);
    await at("readers");
    const before_keeping = site.line.requests.length;
    const sent_since = (): string[] => site.line.requests.slice(before_keeping).filter((request) => /^(PUT|POST) \/v1\/(reports|uploads)\/[0-9a-f]{64} /.test(request));
    await press(page, en.continue);
    await learn_codename(page);
    await until_heading(page, en.diary.part.title, 60_000);
    await says(page, en.diary.readers.nobody);
    const goes = await page.$$eval("dl .govuk-summary-list__value", (values) => values.map((value) => value.textContent));
    assert.deepEqual(goes, ["Yes", "3 and 5", "I am not sure", "Yes", "A text to the number that I give you.", "Mondays"]);
    for (const kept of ["Xylophon", "Quaxington"]) assert.ok(!(await text_of(page)).includes(kept), kept);
    await assert_honest(page, en.diary.part.goes, "before she decides");
    await at("safety-part");

    await press(page, en.diary.part.no);
    await until_heading(page, en.diary.kept.title);
    await says(page, en.diary.readers.nobody);
    await at("kept");
    assert.deepEqual(sent_since(), [], "nothing goes by itself");
    await press(page, en.diary.part.offer);
    await until_heading(page, en.diary.part.title);
    await press(page, en.diary.part.yes);
    await until_heading(page, en.readers.title);
    await choose(page, "desk");
    await choose(page, "people"); // Robin not
    await press(page, en.continue);
    await until_heading(page, en.check.title);
    await press(page, `${en.check.change} ${title_of("contact")}`);
    await until_heading(page, title_of("contact"));
    await page.$eval("#q-contact_how", (field) => {
      (field as HTMLTextAreaElement).value = "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    await press(page, en.continue);
    await until_heading(page, en.check.title);
    await at("check");
    await press(page, en.check.button);
    await until_sent(page);
    await says(page, en.diary.part.sent("Legal desk"));
    await at("sent");
    assert.equal(sent_since().length, 1);

    const id = last_report_id();
    const folder = mkdtempSync(join(tmpdir(), "candour-held-"));
    try {
      const opened = await candour_open(site, "sam", id, join(folder, "sam"));
      assert.equal(opened.status, 0, opened.said);
      assert.notEqual((await candour_open(site, "robin", id, join(folder, "robin"))).status, 0, "whom she left out cannot open it");
      const report = JSON.parse(readFileSync(join(folder, "sam/report.json"), "utf8")) as { form: unknown; answers: unknown; accused: unknown; attachments: unknown };
      assert.deepEqual(report.form, { id: "default", version: 1 });
      assert.deepEqual(report.answers, { children: "yes", children_ages: "3 and 5", children_danger: "unsure", contact: "yes", contact_when: "Mondays" });
      assert.deepEqual([report.accused, report.attachments], [{}, []]);
      const all = readdirSync(join(folder, "sam"), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8")).join("\n") + opened.said;
      for (const kept of ["Xylophon", "Quaxington", "number that I give you"]) assert.ok(!all.includes(kept), kept);
      assert.ok(all.includes("3 and 5"));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    await press(page, en.diary.kept.open);
    await until_heading(page, en.diary.page.title);
    assert.ok(!(await text_of(page)).includes("Xylophon"), "wiped from the page when the part was sent");
    await press(page, en.diary.page.open);
    await says(page, STORY);
    await says(page, "Quaxington");
    assert.equal(sent_since().length, 1, "the story stays where only she reads it");
  });
}

test("a Welsh speaker with a screen magnifier and the timer off: all of it in Welsh, nothing cut off, nothing to scroll sideways, and never a cover", { timeout: 180_000 }, async () => {
  const { page } = await open("chromium");
  await until_heading(page, en.start.title, 60_000);
  await choose(page, "language-cy");
  await until_heading(page, cy.start.title);
  await page.setViewport({ width: 320, height: 256 });
  const at = async (view: string): Promise<void> => {
    assert.deepEqual(await page.evaluate(clipped), [], view);
    assert.equal(await page.evaluate(() => document.documentElement.lang), "cy");
    // Names of desks and helplines are the organisation's own, and are not translated.
    const other = await page.$$eval("main [lang]:not([lang=cy])", (parts) => parts.map((part) => part.textContent ?? ""));
    const said = await text_of(page);
    assert.deepEqual(english_texts.filter((text) => said.includes(text)), [], view);
    assert.deepEqual(other.filter((text) => !/^(English|Candour test|Legal desk|Support desk|Solicitors|Advocates|Refuge)/.test(text)), [], view);
    await shoot(page, "welsh-320-" + view);
  };
  const on = async (button: string, title: string, view: string): Promise<void> => {
    await press(page, button);
    await until_heading(page, title);
    await at(view);
  };
  await at("start");
  await on(cy.start.button, cy.safety.title, "safety");
  await page.select("#cover-minutes", "");
  await until(page, () => document.getElementById("cover-word") === null);
  await on(cy.safety.button, cy.diary.stop.title, "stop");
  await press(page, cy.diary.stop.yes);
  await until_heading(page, cy.codename.title);
  await at("codename");
  await learn_codename(page, async (view) => at(view), cy);
  for (const { id, title } of WELSH.steps) {
    await until_heading(page, title);
    if (id === "safety") {
      await choose(page, "q-nation-wales");
      await choose(page, "q-safe_now-no");
      await says(page, READ_WHEN.cy);
    }
    if (id === "account") await type(page, "q-what_happened", "Mae’n darllen fy negeseuon yn y gwaith.");
    if (id === "him") {
      await pass_time(page, 10 * 3600); // she reads slowly, and thinks
      await new Promise((resolve) => setTimeout(resolve, 1200));
      assert.equal(await heading(page), title, "no cover");
      assert.ok(!(await text_of(page)).includes(cy.cover.warning.title), "and no question either");
    }
    if (id === "children") await choose(page, "q-children");
    if (id === "contact") await choose(page, "q-contact-yes");
    await at(id);
    await press(page, cy.continue);
  }
  await until_heading(page, cy.files.title);
  await at("files");
  await on(cy.continue, cy.readers.title, "readers");
  await choose(page, "desk");
  await choose(page, "people");
  await at("readers-chosen");
  await on(cy.continue, cy.match.title, "naming");
  await on(cy.continue, cy.diary.reminder.title, "reminder");
  await on(cy.continue, cy.check.title, "check");
  await on(cy.check.button, cy.sent.title, "sent");
  const id = last_report_id();
  const folder = mkdtempSync(join(tmpdir(), "candour-welsh-"));
  try {
    assert.equal((await candour_open(site, "sam", id, join(folder, "sam"))).status, 0);
    const report = JSON.parse(readFileSync(join(folder, "sam/report.json"), "utf8")) as { language: string; answers: Record<string, unknown> };
    assert.deepEqual([report.language, report.answers["safe_now"]], ["cy", "no"]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
