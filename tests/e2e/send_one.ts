// SPDX-License-Identifier: AGPL-3.0-or-later
// send_one ADDRESS STORY FILE: sends one report with one attachment from the page, in a headless browser; for ./demo --once.
// Whatever the form asks, only the account is answered.

import type { Page } from "puppeteer-core";
import { en } from "../../client-web/src/words/en";
import { heading, open_browser, open_page, press, type, until_heading, until } from "./browser";
import { add_files, to_check, until_sent } from "./walk";

const STEPS_MAX = 40;

async function answer_account(page: Page, story: string): Promise<void> {
  await until_heading(page, en.start.title);
  await press(page, en.start.button);
  await until_heading(page, en.safety.title);
  await press(page, en.safety.button);
  await until_heading(page, en.diary.stop.title);
  await press(page, en.diary.stop.no);
  let before: string = en.diary.stop.title;
  for (let step = 0; step <= STEPS_MAX; step++) {
    await until(page, (title: string) => document.querySelector("h1")?.textContent !== title, {}, before);
    before = await heading(page);
    if (before === en.files.title) return;
    if ((await page.$("#q-what_happened")) !== null) await type(page, "q-what_happened", story);
    await press(page, en.continue);
  }
  throw new Error("the form has no end");
}

const [address, story, file] = process.argv.slice(2);
if (address === undefined || story === undefined || file === undefined) throw new Error("usage: send_one ADDRESS STORY FILE");

const browser = await open_browser("chromium");
try {
  const { page } = await open_page(browser, address);
  await answer_account(page, story);
  await add_files(page, [file]);
  await to_check(page, null);
  await press(page, en.check.button);
  console.log("receipt " + (await until_sent(page)));
} finally {
  await browser.close();
}
