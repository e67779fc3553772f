// SPDX-License-Identifier: AGPL-3.0-or-later
// What holds for every view: axe finds nothing, nothing is kept on the device, nothing has to be scrolled sideways.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "puppeteer-core";
import { DESKTOP, PHONE, shoot, type BrowserName } from "./browser";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function assert_accessible(page: Page, view: string): Promise<void> {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> } }).axe.run();
    return violations.map((v) => v.id + ": " + v.nodes.map((n) => n.html.slice(0, 120) + " " + n.failureSummary).join(" | "));
  });
  assert.deepEqual(found, [], view);
}

/** In the page: what is cut off or runs over the side, also inside of what can be opened. The visually hidden is not. */
export function clipped(): string[] {
  const closed = [...document.querySelectorAll<HTMLDetailsElement>("details:not([open])")];
  closed.forEach((details) => { details.open = true; });
  const wide = [...document.querySelectorAll("body *")].filter((element) => {
    if (element.closest(".govuk-visually-hidden, .govuk-skip-link") !== null) return false;
    const { left, right, width, height } = element.getBoundingClientRect();
    const cut = element.scrollWidth > element.clientWidth + 1 && !["visible", "auto", "scroll"].includes(getComputedStyle(element).overflowX) && !element.matches("input, select");
    return width > 1 && height > 1 && (right > innerWidth + 1 || left < -1 || cut);
  });
  closed.forEach((details) => { details.open = false; });
  return wide.map((element) => element.outerHTML.slice(0, 120));
}

export async function assert_nothing_kept(page: Page): Promise<void> {
  const kept = await page.evaluate(async () => ({
    local: localStorage.length, session: sessionStorage.length, cookies: document.cookie,
    caches: typeof caches === "undefined" ? [] : await caches.keys(),
    databases: typeof indexedDB.databases === "function" ? await indexedDB.databases() : [],
    workers: "serviceWorker" in navigator ? (await navigator.serviceWorker.getRegistrations()).length : 0,
    state: history.state as unknown, address: location.pathname + location.search + location.hash,
  }));
  assert.deepEqual(kept, { local: 0, session: 0, cookies: "", caches: [], databases: [], workers: 0, state: null, address: "/" });
}

/** Of one view: in Chromium in both colour schemes and at 400 %, in the other browser what is kept alone. */
export async function assert_good_view(page: Page, name: BrowserName, view: string): Promise<void> {
  await assert_nothing_kept(page);
  if (name !== "chromium") return shoot(page, name + "-" + view);
  for (const scheme of ["light", "dark"]) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await assert_accessible(page, view + " " + scheme);
    await shoot(page, view + "-" + scheme + "-360");
  }
  await page.emulateMediaFeatures([]);
  await page.setViewport(DESKTOP);
  await shoot(page, view + "-desktop");
  await page.setViewport({ width: 320, height: 256 });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320), view + ": no sideways scrolling at 400 %");
  await page.setViewport(PHONE);
}
