// SPDX-License-Identifier: AGPL-3.0-or-later
// With JavaScript switched off, by keyboard alone: from the first page to the receipt, in a phone's and a desktop's width.
// Tests still ask the browser what it shows; the pages themselves run nothing.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "puppeteer-core";
import { NEUTRAL_SITE } from "../../client-web/src/neutral_site";
import { BROWSERS, DESKTOP, heading, open_browser, PHONE, shoot, until, walked, type BrowserName } from "./browser";
import { fetch_sealed, open_with_age } from "./desk";
import { start_site, type Site } from "./server";

const STORY = "What he did, in my own words.\n";
const SEE = "h1, h2, a, button, label, summary, p, li, code, textarea";

let site: Site;
const browsers = new Map<string, Browser>();
before(async () => {
  site = await start_site();
  for (const name of BROWSERS) browsers.set(name, await open_browser(name, { "javascript.enabled": false }));
});
after(async () => {
  for (const browser of browsers.values()) await browser.close();
  await site.stop();
});

async function open_without_script(name: BrowserName, path: string, size = PHONE): Promise<Page> {
  const page = await browsers.get(name)?.newPage();
  assert.ok(page !== undefined);
  if (name === "chromium") await page.setJavaScriptEnabled(false);
  await page.setViewport(size).catch(() => undefined); // an older Firefox ESR sets the size and complains
  await page.goto(site.address + path, { waitUntil: "load" });
  return page;
}

/** Focuses what can be pressed and has this text, and presses Enter. */
async function press_enter(page: Page, text: string): Promise<void> {
  const found = await page.evaluate((wanted: string) => {
    const one = [...document.querySelectorAll<HTMLElement>("a, button, summary")].find((element) => element.textContent?.trim() === wanted);
    one?.focus();
    return one !== undefined && document.activeElement === one;
  }, text);
  assert.ok(found, "nothing to press says " + text);
  await page.keyboard.press("Enter");
}

/** Waits for the page with this heading; while the browser goes from one to the next, it cannot be asked. */
async function arrive(page: Page, text: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    // Its style has come, too.
    const now = await page.evaluate(() => (document.readyState === "complete" ? document.querySelector("h1")?.textContent ?? "" : "")).catch((error: unknown) => {
      if (!/context was destroyed|no such frame|detached|navigat/i.test(String(error))) throw error;
      return "";
    });
    if (now === text) return;
    if (Date.now() > deadline) throw new Error("waited in vain for " + text + "; there is " + now);
    await sleep(50);
  }
}

/** What axe would look for and cannot, without scripts: names, labels, one h1, a language, an exit, nothing wider than the screen. */
async function check_page(page: Page): Promise<void> {
  const found = await page.evaluate((see: string) => ({
    language: document.documentElement.lang,
    title: document.title,
    headings: [...document.querySelectorAll("h1, h2, h3")].map((one) => Number(one.tagName.slice(1))),
    unlabelled: [...document.querySelectorAll<HTMLInputElement>("input:not([type=hidden]), textarea")].filter((one) => (one.labels?.length ?? 0) === 0).length,
    nameless: [...document.querySelectorAll<HTMLElement>("a, button, summary")].filter((one) => (one.textContent ?? "").trim() === "").length,
    twice: [...document.querySelectorAll("[id]")].map((one) => one.id).filter((id, at, all) => all.indexOf(id) !== at),
    lost: [...document.querySelectorAll("[aria-describedby]")].filter((one) => document.getElementById(one.getAttribute("aria-describedby") ?? "") === null).length,
    mains: document.querySelectorAll("main").length,
    exit: document.querySelector<HTMLAnchorElement>(".bar__exit")?.href ?? "",
    wide: document.documentElement.scrollWidth > document.documentElement.clientWidth ? [...document.querySelectorAll(see)].filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map((one) => one.textContent) : [],
    small: [...document.querySelectorAll<HTMLElement>("button, .bar__exit, .govuk-button")].filter((one) => one.getBoundingClientRect().height < 40).map((one) => one.textContent),
    waiting: (document.getElementById("waiting")?.getBoundingClientRect().height ?? 0) > 0,
  }), SEE);
  assert.equal(found.language, "en");
  assert.equal(found.title, "Notes");
  assert.equal(found.headings[0], 1);
  assert.equal(found.headings.filter((level) => level === 1).length, 1);
  assert.deepEqual([found.unlabelled, found.nameless, found.twice, found.lost, found.mains], [0, 0, [], 0, 1]);
  assert.equal(found.exit, NEUTRAL_SITE);
  assert.deepEqual([found.wide, found.small, found.waiting], [[], [], false]);
}

/** The body of the form with this button, as the browser would send it. */
async function form_of(page: Page, button: string): Promise<{ action: string; body: string }> {
  return page.evaluate((wanted: string) => {
    const form = [...document.querySelectorAll("form")].find((one) => one.querySelector("button")?.textContent === wanted);
    const fields = [...(form?.querySelectorAll<HTMLInputElement>("input[type=hidden]") ?? [])].map((one) => one.name + "=" + one.value);
    return { action: form?.action ?? "", body: fields.join("&") };
  }, button);
}

for (const name of walked(BROWSERS)) {
  for (const [width, size] of [["phone", PHONE], ["desktop", DESKTOP]] as const) {
    test(`the whole way without JavaScript: ${name}, ${width}`, async () => {
      const shot = (step: string): Promise<void> => shoot(page, ["plain", name, width, step].join("-"));
      const page = await open_without_script(name, "/", size);
      assert.equal(await heading(page), "This page needs JavaScript to protect you");
      await check_page(page);
      await shot("1-start");
      await press_enter(page, "how to do it without JavaScript");
      await arrive(page, "Without JavaScript");
      await check_page(page);
      await shot("2-explained");
      await press_enter(page, "Get age on Windows");
      await until(page, () => document.querySelector("details")?.open === true);
      await press_enter(page, "Choose who should read it");
      await arrive(page, "Who should read it?");
      await check_page(page);
      await shot("3-desks");
      await press_enter(page, "Legal desk");
      await arrive(page, "Legal desk");
      await check_page(page);
      await page.focus("#without-sam");
      await page.keyboard.press(" ");
      await shot("4-leave-out");
      await press_enter(page, "Continue");
      await arrive(page, "Lock your file, then send it");
      await check_page(page);
      await shot("5-lock");
      assert.ok(!page.url().includes("sam"), "her choice is in the address, and so in the history");

      const { action, body } = await form_of(page, "Save readers.txt");
      const readers = join(site.folder, "readers.txt");
      writeFileSync(readers, await (await fetch(action, { method: "POST", body, headers: { "Content-Type": "application/x-www-form-urlencoded" } })).text());
      const locked = join(site.folder, "locked.age");
      const sealed = spawnSync("age", ["-R", readers, "-o", locked], { input: STORY });
      assert.equal(sealed.status, 0, sealed.stderr.toString());

      const chooser = await page.$("#file");
      await (chooser as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(locked);
      await press_enter(page, "Send");
      await arrive(page, "It has arrived");
      await check_page(page);
      await shot("6-arrived");
      const receipt = await page.evaluate(() => document.querySelector("textarea")?.value ?? "");
      const report = /\nreport ([0-9a-f]{64})\n/.exec(receipt)?.[1];
      assert.ok(report !== undefined, receipt);
      const found = await fetch_sealed(site, "robin", report);
      assert.ok(found !== null);
      assert.equal(open_with_age(site, "robin", found).toString(), STORY);
      assert.equal(await fetch_sealed(site, "sam", report), null);
      await page.close();
    });
  }

  test("a file that is not locked is refused, kindly: " + name, async () => {
    const page = await open_without_script(name, "/plain/desks/legal");
    await press_enter(page, "Continue");
    await arrive(page, "Lock your file, then send it");
    const plain = join(site.folder, "story.txt");
    writeFileSync(plain, STORY.repeat(10_000));
    const chooser = await page.$("#file");
    await (chooser as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(plain);
    await press_enter(page, "Send");
    await arrive(page, "This file is not locked");
    await check_page(page);
    await shoot(page, ["plain", name, "refused"].join("-"));
    await page.close();
  });
}
