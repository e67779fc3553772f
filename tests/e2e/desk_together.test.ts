// SPDX-License-Identifier: AGPL-3.0-or-later
// A desk at which two have to open a report together, from the reporters' page to the caseworkers': nobody reads it alone, whom its author
// left out hears nothing of it, and what she adds or keeps first goes there in the same way.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "puppeteer-core";
import { say } from "../../client-web/desk/words";
import { en } from "../../client-web/src/words/en";
import { choose, DESKTOP, FARTHEST_BROWSERS, open_browser, open_page, press, type, until, until_heading, walked, type BrowserName } from "./browser";
import { assert_good_view } from "./checks";
import { fetch_sealed } from "./desk";
import { start_desk, type DeskTool } from "./desk_tool";
import { good_view, left_in, look_for_new, open_case, text_of, unlock } from "./desk_walk";
import { TOGETHER } from "./organisation";
import { start_site, type Site } from "./server";
import { learn_codename, open_box, says, STORY, to_files, until_sent } from "./walk";

const words = say.together;
const ACCUSED = "Quaxington"; // as to_files() types it
const REPLY = "Thank you. Gooseberry-Lamp-9.";
const MORE = "He came back. Pelican-Turnip-3.";

let site: Site;
before(async () => {
  site = await start_site(undefined, TOGETHER);
});
after(async () => site.stop());

/** The header of what was sent last, as the server hands it out; null where it has nothing for the member. */
async function last_header(member: string): Promise<string | null> {
  const ids = site.line.requests.map((request) => /^PUT \/v1\/reports\/([0-9a-f]{64}) /.exec(request)?.[1]).filter((id) => id !== undefined);
  const sealed = await fetch_sealed(site, member, ids.at(-1) ?? assert.fail("nothing was sent"));
  return sealed?.subarray(0, 200).toString("latin1") ?? null;
}

/** It went to those who open it together, and to nobody whom she left out. */
async function assert_shared_out(): Promise<void> {
  for (const member of ["ada", "bo", "cy"]) assert.match(await last_header(member) ?? "", /^age-encryption\.org\/v1\n-> candour\/v1\/threshold 2\n/, member);
  assert.equal(await last_header("dee"), null);
}

/** From the readers page on, which says that it takes two; Dee is left out. */
async function leave_out_dee(page: Page): Promise<void> {
  await until_heading(page, en.readers.title);
  await says(page, en.readers.together(2));
  if (!(await page.$eval("#people-dee", (box) => (box as HTMLInputElement).checked))) await choose(page, "people-dee");
  await press(page, en.continue);
}

async function send(page: Page): Promise<void> {
  await until_heading(page, en.check.title);
  await says(page, en.readers.together(2));
  await press(page, en.check.button);
}

/** Only one would be left: the page says how many it takes, and goes no further. */
async function assert_two_must_remain(page: Page, name: BrowserName): Promise<void> {
  for (const who of ["people", "people-bo", "people-cy"]) await choose(page, who);
  await press(page, en.continue);
  await page.waitForSelector(".govuk-error-summary");
  assert.ok((await page.$eval(".govuk-error-summary", (box) => (box as HTMLElement).innerText)).includes(en.readers.several(2)));
  await assert_good_view(page, name, "together-too-few");
  for (const who of ["people", "people-bo", "people-cy"]) await choose(page, who);
}

async function report(page: Page, name: BrowserName): Promise<string> {
  await to_files(page);
  await press(page, en.continue);
  await until_heading(page, en.readers.title);
  await says(page, en.readers.together(2));
  await assert_good_view(page, name, "together-readers");
  await assert_two_must_remain(page, name);
  await leave_out_dee(page);
  const codename = await learn_codename(page);
  await until_heading(page, en.check.title);
  await assert_good_view(page, name, "together-check");
  await send(page);
  await until_sent(page);
  return codename;
}

interface Seat {
  readonly page: Page;
  readonly tool: DeskTool;
}

async function sit_down(browser: Browser, name: BrowserName, member: string): Promise<Seat> {
  const tool = await start_desk(site, member, { state: member + "-" + name });
  const { page } = await open_page(browser, tool.way(), DESKTOP);
  await unlock(page);
  await says(page, say.inbox.shown(0, 0));
  return { page, tool };
}

/** Nothing of what is in it is anywhere in the page. */
async function assert_unread(page: Page): Promise<void> {
  const left = await left_in(page);
  for (const secret of ["Xylophon", ACCUSED, "Gooseberry", "Pelican"]) assert.ok(!left.includes(secret), secret);
}

/** That it waits, as the page says it; nothing of what is in it. */
async function assert_waits(page: Page, ...facts: readonly string[]): Promise<void> {
  await says(page, words.title);
  const waiting = await page.$eval(".together", (part) => (part as HTMLElement).innerText);
  assert.ok(waiting.includes([words.needs(2), ...facts].join("; ")), waiting);
  assert.ok(!waiting.includes("Dee"), "whom its author left out cannot be chosen");
  await assert_unread(page);
}

const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? "");

for (const name of walked(FARTHEST_BROWSERS)) {
  test("two open a report together: it waits, one hands a share on, the other reads and answers; and so with what she adds: " + name, { timeout: 600_000 }, async () => {
    const browser = await open_browser(name);
    const seats: Seat[] = [];
    const sit = async (member: string): Promise<Seat> => {
      const seat = await sit_down(browser, name, member);
      seats.push(seat);
      return seat;
    };
    try {
      const reporter = (await open_page(browser, site.address)).page;
      const codename = await report(reporter, name);
      await assert_shared_out();
      await reporter.close();

      const ada = (await sit("ada")).page;
      await assert_waits(ada, words.mine);
      await says(ada, say.inbox.none_open);
      await good_view(ada, name, "together-waits");

      // Bo is asked once more, in place, and may think better of it.
      const bo = (await sit("bo")).page;
      await assert_waits(bo, words.mine);
      await press(bo, words.hand_on("Ada"));
      await says(bo, words.sure("Ada"));
      assert.ok((await focused(bo)).includes(words.sure_title("Ada")));
      await good_view(bo, name, "together-sure");
      await press(bo, words.sure_no);
      await until(bo, (text: string) => document.activeElement?.textContent === text, {}, words.hand_on("Ada"));
      await press(bo, words.hand_on("Ada"));
      await press(bo, words.sure_yes("Ada"));
      await says(bo, words.given("Ada"));
      assert.equal(await focused(bo), words.given("Ada"));
      await good_view(bo, name, "together-given");

      // Ada finds it among her cases, and reads it as any other.
      await ada.bringToFront();
      await look_for_new(ada);
      await until(ada, (title: string) => !document.body.innerText.includes(title), {}, words.title);
      await good_view(ada, name, "together-opened");
      assert.ok(!(await left_in(ada)).includes("Xylophon"));
      await open_case(ada, ACCUSED);
      await until_heading(ada, say.conflict.title);
      await press(ada, say.conflict.go_on);
      await press(ada, say.account.open);
      await says(ada, STORY);
      await good_view(ada, name, "together-account");
      await type(ada, "reply-words", REPLY);
      await press(ada, say.reply.check);
      await says(ada, say.reply.check_title);
      await press(ada, say.reply.send);
      await says(ada, "Nobody but her can read it again");

      // To Bo it waits as before, to Dee there is nothing.
      await bo.bringToFront();
      await look_for_new(bo);
      await assert_waits(bo, words.mine);
      await says(bo, say.inbox.none_open);
      const dee = (await sit("dee")).page;
      await says(dee, say.inbox.none);
      await look_for_new(dee);
      assert.ok(!(await text_of(dee)).includes(words.title));
      await assert_unread(dee);
      await good_view(dee, name, "together-left-out");

      // Bo wants to read it, too: Ada hands hers on beside the account.
      await ada.bringToFront();
      await press(ada, words.hand_on("Bo"));
      await says(ada, words.sure("Bo"));
      await good_view(ada, name, "together-again");
      await press(ada, words.sure_yes("Bo"));
      await says(ada, words.given("Bo"));
      await bo.bringToFront();
      await look_for_new(bo);
      await open_case(bo, ACCUSED);
      await until_heading(bo, say.conflict.title);
      assert.ok(!(await left_in(bo)).includes("Xylophon"));
      await press(bo, say.conflict.go_on);
      await press(bo, say.account.open);
      await says(bo, STORY);

      // She reads the answer and adds to it; that waits as well, beside the case.
      for (const { page, tool } of seats.splice(0)) {
        await page.close();
        await tool.stop();
      }
      await site.restart();
      const later = (await open_page(browser, site.address)).page;
      await until_heading(later, en.start.title, 60_000);
      await open_box(later, codename);
      await says(later, REPLY);
      await press(later, en.come_back.box.write);
      await until_heading(later, en.come_back.more.title);
      await type(later, "q-more", MORE);
      await press(later, en.continue);
      await until_heading(later, en.files.title);
      await press(later, en.continue);
      await leave_out_dee(later);
      await send(later);
      await until_heading(later, en.sent.title, 60_000);
      await assert_shared_out();
      await later.close();
    } finally {
      await browser.close();
      for (const { tool } of seats) await tool.stop();
    }
  });

  test("what she keeps goes to such a desk as well, once she sends it: the safety part, then the diary: " + name, { timeout: 480_000 }, async () => {
    const browser = await open_browser(name);
    try {
      const { page } = await open_page(browser, site.address);
      await to_files(page);
      await press(page, en.continue);
      await until_heading(page, en.readers.title);
      await choose(page, "choice-keep");
      await press(page, en.continue);
      await learn_codename(page);
      await until_heading(page, en.diary.part.title, 60_000);
      await press(page, en.diary.part.yes);
      await leave_out_dee(page);
      await send(page);
      await until_sent(page);
      await assert_shared_out();

      const sent = await last_header("ada");
      await press(page, en.diary.kept.open);
      await press(page, en.diary.page.open);
      await says(page, STORY);
      await press(page, en.diary.page.send);
      await until_heading(page, en.diary.release.title); // all are chosen
      await press(page, en.continue);
      await leave_out_dee(page);
      await send(page);
      await until_sent(page);
      assert.notEqual(await last_header("ada"), sent);
      await assert_shared_out();
    } finally {
      await browser.close();
    }
  });
}
