// SPDX-License-Identifier: AGPL-3.0-or-later
// The reporter's path, step by step, as a person takes it. at() is called on every view.

import type { Page } from "puppeteer-core";
import type { Words } from "../../client-web/src/words";
import { en } from "../../client-web/src/words/en";
import { choose, heading, press, type, until_heading, until } from "./browser";

export const STORY = "He reads my messages at work. Xylophon-Zebra-7731.";

export type AtView = (view: string) => Promise<void>;
const nothing: AtView = async () => undefined;

export const says = (page: Page, text: string, timeout = 60_000): Promise<void> => until(page, (wanted: string) => document.body.innerText.includes(wanted), { timeout }, text);

export async function to_files(page: Page, at: AtView = nothing): Promise<void> {
  await until_heading(page, en.start.title);
  await at("start");
  await press(page, en.start.button);
  await until_heading(page, en.safety.title);
  await at("safety");
  await press(page, en.safety.button);
  await until_heading(page, en.diary.stop.title);
  await at("stop-any-time");
  await press(page, en.diary.stop.no);
  await until_heading(page, "You");
  await choose(page, "q-safe-no");
  await type(page, "q-danger", "He has a key.");
  await at("step-choices");
  await press(page, en.continue);
  await until_heading(page, "What happened");
  await type(page, "q-what_happened", STORY);
  await at("step-story");
  await press(page, en.continue);
  await until_heading(page, "About him");
  await type(page, "q-surname", "Quaxington");
  await choose(page, "q-wants");
  await at("step-him");
  await press(page, en.continue);
  await until_heading(page, en.files.title);
}

export async function add_files(page: Page, files: readonly string[]): Promise<void> {
  const input = await page.$("input#files");
  await (input as unknown as { uploadFile(...paths: string[]): Promise<void> }).uploadFile(...files);
  await until(page, (count: number) => document.querySelectorAll(".files__file").length >= count, {}, files.length);
}

/** From the files page to the check page; returns the codename. */
export async function to_check(page: Page, exclude: string | null, at: AtView = nothing): Promise<string> {
  await at("files");
  await press(page, en.continue);
  await until_heading(page, en.readers.title);
  await choose(page, "desk"); // the first desk
  if (exclude !== null) await choose(page, exclude);
  await at("readers");
  await press(page, en.continue);
  const codename = await learn_codename(page, at);
  await until_heading(page, en.check.title);
  await at("check");
  return codename;
}

/** On to the codename, or what else comes next: where reports are matched, past the page on which he can be named. */
export async function past_naming(page: Page, words: Pick<Words, "codename" | "match" | "continue"> = en, next: string = words.codename.title, at: AtView = nothing): Promise<void> {
  await until(page, (titles: readonly string[]) => titles.includes(document.querySelector("h1")?.textContent ?? ""), {}, [next, words.match.title]);
  if ((await heading(page)) === words.match.title) {
    await at("naming");
    await press(page, words.continue);
  }
  await until_heading(page, next);
}

/** On the page on which he can be named: how the plate of his car is compared is shown back. */
export async function name_by_plate(page: Page, words: Pick<Words, "match"> = en): Promise<void> {
  await page.select("#kind", "registration-mark");
  await type(page, "him-mark", "ab12 cde");
  await press(page, words.match.show);
  await says(page, words.match.kinds["registration-mark"].name + ": AB12CDE");
}

/** From the page that shows it, or the one before, on through the practice. */
export async function learn_codename(page: Page, at: AtView = nothing, words: Pick<Words, "codename" | "practice" | "match" | "continue"> = en): Promise<string> {
  await past_naming(page, words, undefined, at);
  const codename = await shown_codename(page);
  await at("codename");
  await press(page, words.codename.button);
  await until_heading(page, words.practice.title);
  const asked = await page.$$eval("input[id^=word-]", (inputs) => inputs.map((input) => input.id));
  for (const id of asked) await type(page, id, codename.split(" ")[Number(id.slice(5))] ?? "");
  await at("practice");
  await press(page, words.practice.button);
  return codename;
}

/** From the first page; as a person types it: each word, a blank, and the next field has the focus. */
export async function open_box(page: Page, codename: string): Promise<void> {
  await press(page, en.come_back.start_button);
  await until_heading(page, en.come_back.entry.title);
  await type(page, "codename-0", codename);
  await press(page, en.come_back.entry.button);
  await until_heading(page, en.come_back.box.title);
}

export async function shown_codename(page: Page): Promise<string> {
  await page.waitForSelector(".codename__word");
  return (await page.$$eval(".codename__word", (words) => words.map((word) => word.textContent))).join(" ");
}

/** The short code. */
export async function until_sent(page: Page, at: AtView = nothing, timeout = 60_000): Promise<string> {
  await until_heading(page, en.sent.title, timeout);
  await press(page, en.sent.receipt_show);
  await page.waitForSelector("#receipt");
  await at("sent");
  return page.$eval("#receipt", (element) => element.textContent ?? "");
}

/** As time passes for the page, faster. */
export async function pass_time(page: Page, seconds: number): Promise<void> {
  await page.evaluate((more: number) => {
    const clock = window as unknown as { ahead?: number };
    if (clock.ahead === undefined) {
      const real = Date.now.bind(Date);
      Date.now = () => real() + (clock.ahead ?? 0);
    }
    clock.ahead = (clock.ahead ?? 0) + more * 1000;
  }, seconds);
}
