// SPDX-License-Identifier: AGPL-3.0-or-later
// The cover: when it comes, that nothing of the page is left in the document under it, what lifts it, and that exit works on it.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "puppeteer-core";
import { NEUTRAL_SITE } from "../../client-web/src/neutral_site";
import { en } from "../../client-web/src/words/en";
import { FARTHEST_BROWSERS, choose, heading, press, shoot, type, until, until_heading, walked } from "./browser";
import { assert_good_view } from "./checks";
import type { Site } from "./server";
import { share_visits, type Visits } from "./visits";
import { add_files, pass_time, STORY, to_check, to_files, until_sent } from "./walk";

let site: Site;
let visit: Visits["open"];
share_visits(FARTHEST_BROWSERS, (visits) => ({ site, open: visit } = visits));

const words = en.cover;

/** To the story with a word chosen (or none), the story written. */
async function to_story(page: Page, word: string | null): Promise<void> {
  await until_heading(page, en.start.title);
  await press(page, en.start.button);
  await until_heading(page, en.safety.title);
  if (word !== null) await type(page, "cover-word", word);
  await press(page, en.safety.button);
  await until_heading(page, en.diary.stop.title);
  await press(page, en.diary.stop.no);
  await until_heading(page, "You");
  await press(page, en.continue);
  await until_heading(page, "What happened");
  await type(page, "q-what_happened", STORY);
}

const covered = (page: Page): Promise<void> => until_heading(page, words.page.title);
const all_of = (page: Page): Promise<string> => page.evaluate(() => document.documentElement.outerHTML + [...document.querySelectorAll("input, textarea")].map((field) => (field as HTMLInputElement).value).join(" "));

async function search(page: Page, word: string): Promise<void> {
  await type(page, "search", word);
  await page.keyboard.press("Enter");
}

for (const name of walked(FARTHEST_BROWSERS)) {
  test("after two minutes a neutral page, and nothing of hers in it; wrong words tell nothing, hers brings all back: " + name, async () => {
    const { page } = await visit(name);
    await to_story(page, "Lantern");
    await pass_time(page, 89);
    await new Promise((resolve) => setTimeout(resolve, 700));
    assert.equal(await heading(page), "What happened");
    assert.ok(!(await all_of(page)).includes(words.warning.title), "not asked too early");
    await pass_time(page, 2);
    await until(page, (text: string) => document.body.innerText.includes(text), {}, words.warning.with_word);
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), words.warning.stay, "a screen reader is there at once");
    await assert_good_view(page, name, "cover-warning");
    await pass_time(page, 30);
    await covered(page);
    await assert_good_view(page, name, "cover");

    const all = await all_of(page);
    for (const secret of ["Xylophon", "What happened", "police", "Lantern", "report", en.exit.leaving, "Exit this page", "abuse", en.continue]) assert.ok(!all.toLowerCase().includes(secret.toLowerCase()), secret + "\n" + all);
    assert.equal(await page.title(), "Notes");
    if (name === "chromium") {
      const tree = JSON.stringify(await page.accessibility.snapshot({ interestingOnly: false }));
      assert.ok(tree.includes(words.page.title) && !/Xylophon|What happened|Exit/.test(tree), tree);
    }
    for (const wrong of ["lamp", "", "lanterns", "Xylophon", "abacus abdomen"]) {
      await search(page, wrong);
      await until(page, (text: string) => document.body.innerText.includes(text), {}, words.page.nothing);
      assert.equal(await heading(page), words.page.title);
      assert.equal(await page.$eval("#search", (field) => (field as HTMLInputElement).value), "");
    }
    await page.evaluate(() => history.back());
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(await heading(page), words.page.title, "the browser's Back opens nothing");
    await search(page, " lantern ");
    await until_heading(page, "What happened");
    assert.equal(await page.$eval("#q-what_happened", (field) => (field as HTMLTextAreaElement).value), STORY);
    assert.equal(await page.evaluate(() => document.activeElement?.id), "q-what_happened", "where she was");
    assert.ok((await all_of(page)).includes("Exit this page"));
    await pass_time(page, 125);
    await covered(page);
    assert.equal(await page.$eval("#search", (field) => (field as HTMLInputElement).value), "", "the word is not left there");
  });

  for (const way of ["button", "keyboard"] as const) {
    test("exit by " + way + " on the cover: on to the neutral site, nothing of ours behind: " + name, async () => {
      const { page, asked } = await visit(name);
      await to_story(page, "Lantern");
      await pass_time(page, 125);
      await covered(page);
      assert.equal(await page.$eval("#exit", (link) => link.textContent), words.page.close);
      const requests = site.line.requests.length;
      if (way === "button") await page.evaluate(() => document.getElementById("exit")?.click());
      else for (let i = 0; i < 3; i += 1) await page.keyboard.press("Shift");
      await new Promise((resolve) => setTimeout(resolve, 1500));
      assert.ok(asked.some((url) => url.startsWith(NEUTRAL_SITE)), asked.slice(-3).join(" "));
      assert.ok(site.line.requests.slice(requests).every((request) => request.startsWith("GET /leave")), "the server is told nothing");
      if (name === "chromium") {
        const { entries } = await (await page.createCDPSession()).send("Page.getNavigationHistory");
        assert.deepEqual(entries.map((entry) => entry.url).filter((url) => url.startsWith(site.address) && !url.endsWith("/leave.html")), []);
      }
      assert.ok(!(await page.evaluate(() => document.documentElement.outerHTML).catch(() => "")).includes("Xylophon"));
    });
  }

  test("a report goes on being sent behind the cover: " + name, async () => {
    const { page } = await visit(name);
    await to_files(page);
    const film = join(site.folder, "film.mp4");
    writeFileSync(film, randomBytes(5_000_000));
    await add_files(page, [film]);
    const codename = await to_check(page, null);
    site.line.bytes_per_second = 3_000_000;
    await press(page, en.check.button);
    await until_heading(page, en.sending.title);
    await pass_time(page, 125);
    await covered(page);
    const finished = (): boolean => site.line.requests.some((request) => /^POST \/v1\/uploads\/[0-9a-f]{64}\/finish/.test(request));
    for (let i = 0; i < 300 && !finished(); i += 1) await new Promise((resolve) => setTimeout(resolve, 100));
    assert.ok(finished(), "it was sent");
    assert.equal(await heading(page), words.page.title);
    assert.ok(!(await all_of(page)).includes(codename.split(" ")[0] ?? "-"));
    await press(page, words.page.continue);
    await until_sent(page);
    site.line.requests.splice(0);
  });
}

test("without a word Continue brings it back, and the page says so before", async () => {
  const { page } = await visit("chromium");
  await until_heading(page, en.start.title);
  await press(page, en.start.button);
  await until_heading(page, en.safety.title);
  assert.ok((await page.evaluate(() => document.body.innerText)).includes(words.settings.without));
  await assert_good_view(page, "chromium", "cover-settings");
  await press(page, en.safety.button);
  await until_heading(page, en.diary.stop.title);
  await press(page, en.diary.stop.no);
  await until_heading(page, "You");
  await pass_time(page, 95);
  await until(page, (text: string) => document.body.innerText.includes(text), {}, words.warning.without_word);
  await press(page, words.warning.hide);
  await covered(page);
  assert.equal(await page.$("#search"), null);
  await assert_good_view(page, "chromium", "cover-continue");
  await press(page, words.page.continue);
  await until_heading(page, "You");
});

test("any key, a touch, or a button of the question keeps the page; moving to a button does not take it away", async () => {
  const { page } = await visit("chromium");
  await to_story(page, null);
  const asked = (): Promise<void> => until(page, (text: string) => document.body.innerText.includes(text), {}, words.warning.title);
  const gone = (): Promise<void> => until(page, (text: string) => !document.body.innerText.includes(text), {}, words.warning.title);
  await pass_time(page, 95);
  await asked();
  await page.mouse.move(50, 50);
  await page.mouse.move(60, 90);
  await new Promise((resolve) => setTimeout(resolve, 700));
  await asked();
  await page.keyboard.press("Enter"); // on "Stay here"
  await gone();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "q-what_happened", "the focus is back in her answer");
  await pass_time(page, 95);
  await asked();
  await page.mouse.click(100, 120);
  await gone();
  for (let i = 0; i < 12; i += 1) { // at least ten times, as WCAG 2.2.1 wants it
    await pass_time(page, 95);
    await asked();
    await press(page, words.warning.stay);
    await gone();
  }
  await pass_time(page, 95);
  await asked();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter"); // wait 20 minutes
  await gone();
  await pass_time(page, 19 * 60);
  await new Promise((resolve) => setTimeout(resolve, 700));
  assert.equal(await heading(page), "What happened");
  await gone();
  await pass_time(page, 61);
  await covered(page);
});

test("she can turn it off, and then it never comes", async () => {
  const { page } = await visit("chromium");
  await until_heading(page, en.start.title);
  await press(page, en.start.button);
  await until_heading(page, en.safety.title);
  await page.select("#cover-minutes", "");
  await until(page, () => document.getElementById("cover-word") === null);
  await shoot(page, "cover-off");
  await press(page, en.safety.button);
  await until_heading(page, en.diary.stop.title);
  await press(page, en.diary.stop.no);
  await until_heading(page, "You");
  await choose(page, "q-safe-no");
  await pass_time(page, 100_000);
  await new Promise((resolve) => setTimeout(resolve, 1200));
  assert.equal(await heading(page), "You");
});

test("a tab that was in the background is covered when it is seen again, before a key or a touch can keep it", async () => {
  const { page } = await visit("chromium");
  await to_story(page, "Lantern");
  await page.evaluate(() => {
    // Its timers rest, as in a tab that the browser has put to sleep.
    for (let id = 1; id < 10_000; id += 1) clearInterval(id);
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  });
  await pass_time(page, 300);
  const shown = await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { value: "visible", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
    return document.querySelector("h1")?.textContent;
  });
  assert.equal(shown, words.page.title);
  await search(page, "lantern");
  await until_heading(page, "What happened");
  await pass_time(page, 300);
  await page.keyboard.press("a"); // no event told of it, and still the clock is looked at first
  await covered(page);
});

test("who forgot the word comes back with the codename", async () => {
  const { page } = await visit("chromium");
  await to_story(page, "Lantern");
  await press(page, en.continue);
  await until_heading(page, "About him");
  await press(page, en.continue);
  await until_heading(page, en.files.title);
  const codename = await to_check(page, null);
  await pass_time(page, 125);
  await covered(page);
  await search(page, codename.split(" ").reverse().join(" "));
  await until(page, (text: string) => document.body.innerText.includes(text), {}, words.page.nothing);
  await search(page, codename);
  await until_heading(page, en.check.title);
});
