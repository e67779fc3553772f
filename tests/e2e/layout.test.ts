// SPDX-License-Identifier: AGPL-3.0-or-later
// Other languages: a test build with a pseudo language (accented, 40 % longer, right to left) at 360 and 320 pixels; Welsh, switched on by the roster.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "puppeteer-core";
import { cy } from "../../client-web/src/words/cy";
import { en } from "../../client-web/src/words/en";
import { pseudo_text, pseudo_words } from "../../client-web/src/words/pseudo";
import { choose, open_browser, open_page, PHONE, press, shoot, type, until, until_heading } from "./browser";
import { TEST_FORM } from "./organisation";
import { start_site, type Site } from "./server";
import { name_by_plate } from "./walk";

const folder = mkdtempSync(join(tmpdir(), "candour-pseudo-"));
let site: Site;
let browser: Browser;
before(async () => {
  const built = spawnSync(process.execPath, ["build.mjs", "--pseudo", "--out", join(folder, "pages")], { cwd: join(process.env["CANDOUR_ROOT"] ?? ".", "client-web"), encoding: "utf8" });
  assert.equal(built.status, 0, built.stderr);
  site = await start_site(join(folder, "pages"));
  browser = await open_browser("chromium");
});
after(async () => {
  await browser.close();
  await site.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The form with each of its words changed, the rest as it is. */
function said_as(language: string, change: (text: string) => string): unknown {
  const worded = new Set(["title", "label", "hint"]);
  const walk = (value: unknown, name = ""): unknown => {
    if (typeof value === "string") return worded.has(name) || name === "text" ? change(value) : value;
    if (Array.isArray(value)) return value.map((item) => walk(item, name === "text" ? "text" : ""));
    if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner, key)]));
    return value;
  };
  return { ...(walk(TEST_FORM) as object), language };
}

/** Boxes to tick stand where the line begins, on the right. */
function wrong_side(): string[] {
  return [...document.querySelectorAll(".govuk-radios__item, .govuk-checkboxes__item")].filter((item) => {
    const [box, label] = ["input", "label"].map((part) => item.querySelector(part)?.getBoundingClientRect());
    return box === undefined || label === undefined || box.left < label.left || box.right < innerWidth / 2;
  }).map((item) => item.textContent ?? "");
}

async function assert_fits(page: Page, view: string): Promise<void> {
  assert.deepEqual(await page.evaluate(wrong_side), [], view);
  for (const width of [360, 320]) {
    await page.setViewport({ width, height: 640 });
    const wide = await page.evaluate(() => ({
      page: document.documentElement.scrollWidth - innerWidth,
      parts: [...document.querySelectorAll("body *")].filter((element) => {
        const { left, right, width: w, height } = element.getBoundingClientRect();
        return w > 1 && height > 1 && (left < -1 || right > innerWidth + 1) && element.closest(".govuk-visually-hidden, .govuk-skip-link") === null;
      }).map((element) => element.outerHTML.slice(0, 120)),
    }));
    assert.deepEqual(wide, { page: wide.page <= 0 ? wide.page : 0, parts: [] }, `${view} at ${width}`);
  }
  await page.setViewport(PHONE);
  await shoot(page, "pseudo-" + view);
}

test("right to left and 40 % longer: no page overflows", { timeout: 120_000 }, async () => {
  const words = pseudo_words(en);
  const form = (title: string): string => pseudo_text(title);
  site.line.roster = site.organisation.note({ languages: ["en", "ar-XB"], translations: [{ language: "ar-XB", form: said_as("ar-XB", pseudo_text) }] });
  const { page } = await open_page(browser, site.address);
  await until_heading(page, en.start.title);
  await choose(page, "language-ar-XB");
  await until_heading(page, words.start.title);
  assert.deepEqual(await page.evaluate(() => [document.documentElement.dir, document.documentElement.lang]), ["rtl", "ar-XB"]);
  await assert_fits(page, "start");
  const on = async (button: string, title: string, view: string): Promise<void> => {
    await press(page, button);
    await until_heading(page, title);
    await assert_fits(page, view);
  };
  await on(words.start.button, words.safety.title, "safety");
  await on(words.safety.button, words.diary.stop.title, "stop-any-time");
  await on(words.diary.stop.no, form("You"), "step");
  await choose(page, "q-nation");
  await choose(page, "q-safe-no");
  await type(page, "q-danger", "a".repeat(60));
  await press(page, words.continue);
  await page.waitForSelector(".govuk-error-summary");
  await assert_fits(page, "step-error");
  await page.$eval("#q-danger", (field) => {
    (field as HTMLInputElement).value = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await on(words.continue, form("What happened"), "story");
  await type(page, "q-what_happened", "A few words.");
  await on(words.continue, form("About him"), "him");
  await on(words.continue, words.files.title, "files");
  await on(words.continue, words.readers.title, "readers");
  await choose(page, "desk");
  await choose(page, "people");
  await assert_fits(page, "readers-chosen");
  await on(words.continue, words.match.title, "naming");
  await name_by_plate(page, words);
  await assert_fits(page, "naming-shown");
  await press(page, words.match.add);
  await assert_fits(page, "naming-added");
  await on(words.continue, words.codename.title, "codename");
  await on(words.codename.button, words.practice.title, "practice");
  await on(words.practice.skip, words.check.title, "check");
  await on(words.check.button, words.sent.title, "sent");
  await page.close();
});

test("Welsh: on only where the roster says so; marked as not checked; what is not translated is marked as English", { timeout: 60_000 }, async () => {
  site.line.roster = site.organisation.note();
  const alone = (await open_page(browser, site.address)).page;
  await until_heading(alone, en.start.title);
  assert.equal(await alone.$("input[name=language]"), null, "one language: nothing is asked");
  await alone.close();

  site.line.roster = site.organisation.note({ languages: ["en", "cy"], texts: { read_when: "We read on Mondays." }, icon: "leaf" });
  const { page } = await open_page(browser, site.address);
  await until_heading(page, en.start.title);
  await choose(page, "language-cy");
  await until_heading(page, cy.start.title);
  const frame = await page.evaluate(() => ({
    language: document.documentElement.lang, skip: document.querySelector(".govuk-skip-link")?.textContent, exit: document.getElementById("exit-words")?.textContent,
    icon: document.querySelector("link[rel=icon]")?.getAttribute("href"), desks: document.querySelector(".desks")?.getAttribute("lang"), checked: document.querySelector<HTMLInputElement>("#language-cy")?.checked,
  }));
  assert.deepEqual(frame, { language: "cy", skip: cy.skip, exit: cy.exit.button, icon: "/icon-leaf.svg", desks: "en", checked: true });
  assert.ok((await page.evaluate(() => document.body.innerText)).includes(cy.languages.unreviewed));
  await shoot(page, "welsh-start");
  await press(page, cy.start.button);
  await until_heading(page, cy.safety.title);
  const own = await page.evaluate(() => [...document.querySelectorAll(".page span[lang]:not([lang=cy])")].map((part) => part.getAttribute("lang") + " " + part.textContent));
  assert.deepEqual(own, ["en We read on Mondays."]);
  await press(page, cy.safety.button);
  await until_heading(page, cy.diary.stop.title);
  await press(page, cy.diary.stop.no);
  await until_heading(page, "You");
  assert.deepEqual(await page.evaluate(() => ["h1", "legend", "label span"].map((part) => document.querySelector(".page " + part)?.getAttribute("lang"))), ["en", "en", "en"]);
  await choose(page, "q-nation");
  await until(page, (text: string) => document.getElementById("duties")?.textContent?.includes(text) === true, {}, cy.texts.court);
  await shoot(page, "welsh-step");
  await page.close();
});
