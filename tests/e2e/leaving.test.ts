// SPDX-License-Identifier: AGPL-3.0-or-later
// Exit in every state (states.ts): history, storage, caches and the page are looked at after. And two tabs at once.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, CDPSession, Page } from "puppeteer-core";
import { NEUTRAL_SITE } from "../../client-web/src/neutral_site";
import { en } from "../../client-web/src/words/en";
import { open_browser, open_page, press, until_heading, until } from "./browser";
import { start_site, type Site } from "./server";
import { CONTACT, mend, reach, STATES } from "./states";
import { STORY, to_check, to_files, until_sent } from "./walk";

let site: Site;
let browser: Browser;
before(async () => {
  site = await start_site();
  browser = await open_browser("chromium");
});
after(async () => {
  await browser.close();
  await site.stop();
});

/** Asks the browser about a tab that is leaving: it changes its process meanwhile, and until that has settled there is nobody to ask. */
async function ask_settled<T>(page: Page, ask: (devtools: CDPSession) => Promise<T>): Promise<T> {
  for (const until = performance.now() + 30_000; ; ) {
    try {
      return await ask(await page.createCDPSession());
    } catch (reason) {
      if (performance.now() > until) throw reason;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Storage of the page's origin, as the browser itself keeps it; and every entry of the tab's history. */
function kept_by_browser(page: Page): Promise<{ usage: number; cookies: number; history: string[] }> {
  return ask_settled(page, async (devtools) => {
    const { usage } = await devtools.send("Storage.getUsageAndQuota", { origin: site.address });
    const { cookies } = await devtools.send("Storage.getCookies");
    const { entries } = await devtools.send("Page.getNavigationHistory");
    return { usage, cookies: cookies.length, history: entries.map(({ url, title }) => url + " " + title) };
  });
}

test("exit in every state: the neutral site, and nothing of ours in page, history, storage or caches; the server is told nothing", { timeout: 900_000 }, async () => {
  for (const { name, plain } of STATES) {
    if (plain) continue;
    let asked: string[] = [];
    const page = await reach(name, site, async () => {
      const opened = await open_page(browser, site.address);
      asked = opened.asked;
      return opened.page;
    });
    const tried = site.line.requests.length;
    const workers = page.workers().length;
    await page.evaluate(() => document.getElementById("exit")?.click());
    for (let i = 0; i < 60 && !asked.some((url) => url.startsWith(NEUTRAL_SITE)); i += 1) await new Promise((resolve) => setTimeout(resolve, 50));
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.ok(asked.some((url) => url.startsWith(NEUTRAL_SITE)), name + ": the neutral site was opened");
    const late = site.line.requests.slice(tried).filter((request) => !/^(PUT|POST|GET) \/v1\/(reports|uploads|roster)/.test(request) && !request.includes("/leave."));
    assert.deepEqual(/^(sending|sent|hold)/.test(name) ? late : site.line.requests.slice(tried).filter((request) => !request.includes("/leave.")), [], name + ": the server is told nothing");
    const kept = await kept_by_browser(page);
    assert.deepEqual({ usage: kept.usage, cookies: kept.cookies }, { usage: 0, cookies: 0 }, name);
    assert.deepEqual(kept.history.filter((entry) => entry.startsWith(site.address) && !entry.startsWith(site.address + "/leave.html")), [], name + ": " + kept.history.join(", "));
    const left = await page.evaluate(() => document.documentElement.outerHTML).catch(() => "");
    for (const word of ["Xylophon", "Quaxington", "Kumquat", "He has a key", "We have read it", "AB12CDE", CONTACT, en.start.title]) assert.ok(!left.includes(word), name + ": " + word);
    assert.ok(workers > 0 && page.workers().length === 0, name + ": the Worker has ended");
    await page.close();
    mend(site);
  }
});

test("the page is blank before anything else of leaving: clearing what the browser has kept may take as long as it likes", { timeout: 60_000 }, async (t) => {
  const CLEARING = 4000;
  const { page, asked } = await open_page(browser, site.address);
  await to_files(page);
  site.line.slow = { path: "/leave", milliseconds: CLEARING };
  const left = await page.evaluate(() => {
    const begun = performance.now();
    document.getElementById("exit")?.click();
    return { milliseconds: performance.now() - begun, nodes: document.body.childNodes.length, title: document.title };
  });
  assert.deepEqual({ nodes: left.nodes, title: left.title }, { nodes: 0, title: "\u200b" }, "blank when the press has returned");
  const pressed = performance.now();
  while (!asked.some((url) => url.startsWith(NEUTRAL_SITE)) && performance.now() - pressed < CLEARING) await new Promise((resolve) => setTimeout(resolve, 20));
  const onward = performance.now() - pressed;
  assert.ok(asked.some((url) => url.startsWith(NEUTRAL_SITE)) && onward < CLEARING, "on to the neutral site without waiting for it");

  // The entry that is left in the history: whoever goes there waits for the browser to clear, and sees nothing of ours meanwhile.
  await ask_settled(page, async (devtools) => {
    const { entries } = await devtools.send("Page.getNavigationHistory");
    const entry = entries.find(({ url }) => url === site.address + "/leave.html") ?? assert.fail("no such entry");
    await devtools.send("Page.navigateToHistoryEntry", { entryId: entry.id });
  });
  const begun = performance.now();
  const seen: string[] = [];
  while (performance.now() - begun < CLEARING / 2) {
    seen.push(await page.evaluate(() => document.documentElement.outerHTML).catch(() => ""));
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert.ok(site.line.requests.some((request) => request.startsWith("GET /leave.html")), "it was gone to");
  for (const word of ["Xylophon", "Quaxington", en.start.title]) assert.ok(!seen.join("\n").includes(word), word);
  t.diagnostic(`blank after ${left.milliseconds.toFixed(1)} ms, on its way to the neutral site after ${onward.toFixed(0)} ms, with a clearing of ${CLEARING} ms`);
  await page.close();
  mend(site);
});

test("two tabs at once: two reports, each with its own words and codename; leaving one leaves the other", { timeout: 120_000 }, async () => {
  const [one, other] = [(await open_page(browser, site.address)).page, (await open_page(browser, site.address)).page];
  await to_files(one);
  await other.bringToFront();
  await until_heading(other, en.start.title);
  assert.ok(!(await other.evaluate(() => document.body.innerText)).includes("Xylophon"));
  await to_files(other);
  const codenames = [await to_check(other, null)];
  await one.bringToFront();
  codenames.push(await to_check(one, "people"));
  assert.notEqual(codenames[0], codenames[1]);
  await press(one, en.check.button);
  await until_sent(one);
  await one.evaluate(() => document.getElementById("exit")?.click());
  await other.bringToFront();
  assert.equal(await other.evaluate((story: string) => document.body.innerText.includes(story), STORY), true);
  await until(other, () => document.querySelector("#send") !== null);
  await press(other, en.check.button);
  await until_sent(other);
  await one.close();
  await other.close();
});
