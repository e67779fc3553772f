// SPDX-License-Identifier: AGPL-3.0-or-later
// The caseworkers' page, as a person goes through it.

import assert from "node:assert/strict";
import type { Browser, Page } from "puppeteer-core";
import { say } from "../../client-web/desk/words";
import { DESKTOP, open_browser, open_page, press, shoot, type, until, until_heading, type BrowserName } from "./browser";
import { assert_good_view, clipped } from "./checks";
import { PASSPHRASE } from "./desk";
import { start_desk, type DeskTool } from "./desk_tool";
import type { Site } from "./server";

export async function unlock(page: Page): Promise<void> {
  await until_heading(page, say.unlock.title);
  await type(page, "passphrase", PASSPHRASE);
  await press(page, say.unlock.button);
  await until_heading(page, say.inbox.title, 60_000);
}

export async function open_case(page: Page, accused: string): Promise<void> {
  await until(page, (who: string) => [...document.querySelectorAll("[role=option]")].some((row) => row.textContent?.includes(who)), {}, accused);
  await page.evaluate((who: string) => {
    const row = [...document.querySelectorAll<HTMLElement>("[role=option]")].find((one) => one.textContent?.includes(who));
    row?.click();
  }, accused);
}

/** Asks the tool for what is new, and waits until it is there. */
export async function look_for_new(page: Page): Promise<void> {
  await press(page, say.bar.refresh);
  await until(page, () => document.querySelector(".head + .working")?.textContent === "", { timeout: 60_000 });
}

/** As for the reporters' views; and nothing is cut off at 400 %. */
export async function good_view(page: Page, name: BrowserName, view: string): Promise<void> {
  await assert_good_view(page, name, view);
  if (name !== "chromium") return;
  await page.setViewport({ width: 320, height: 256 });
  assert.deepEqual(await page.evaluate(clipped), [], view + " at 400 %");
  await shoot(page, view + "-320");
  await page.setViewport(DESKTOP);
}

export const text_of = (page: Page): Promise<string> => page.evaluate(() => document.body.innerText);
export const left_in = (page: Page): Promise<string> => page.evaluate(() => document.documentElement.outerHTML + [...document.querySelectorAll("textarea, input")].map((field) => (field as HTMLInputElement).value).join());

export async function with_desk(site: Site, name: BrowserName, member: string, options: Parameters<typeof start_desk>[2], run: (page: Page, tool: DeskTool, browser: Browser, asked: string[]) => Promise<void>): Promise<void> {
  const tool = await start_desk(site, member, { state: member + "-" + name, ...options });
  const downloads = { "browser.download.folderList": 2, "browser.download.dir": site.folder, "browser.helperApps.neverAsk.saveToDisk": "application/octet-stream" };
  const browser = await open_browser(name, downloads);
  try {
    const { page, asked } = await open_page(browser, tool.way(), DESKTOP);
    await run(page, tool, browser, asked);
  } finally {
    await browser.close();
    await tool.stop();
  }
}
