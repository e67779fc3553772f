// SPDX-License-Identifier: AGPL-3.0-or-later
// The caseworkers' page by keys alone, from the way in to the lock: what she does never loses the focus, and she always sees it.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Page } from "puppeteer-core";
import { say } from "../../client-web/desk/words";
import { FARTHEST_BROWSERS, until, until_heading, walked } from "./browser";
import { PASSPHRASE } from "./desk";
import { publish_desk_form, send_report } from "./desk_tool";
import { left_in, with_desk } from "./desk_walk";
import { count_pointers, key, seen_focus, tab_to } from "./keys";
import { start_site, type Site } from "./server";
import { says } from "./walk";

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==";
const STORY = "Xylophon-Zebra-7731";

let site: Site;
before(async () => {
  site = await start_site();
  await publish_desk_form(site);
});
after(async () => site.stop());

/** By Tab to the button, then the key. */
async function press_by_key(page: Page, text: string, name: "Enter" | " " = "Enter"): Promise<void> {
  await tab_to(page, text);
  await page.keyboard.press(name);
}

async function go_to_heading(page: Page, text: string): Promise<void> {
  await until_heading(page, text, 60_000);
  await seen_focus(page, text);
}

/** What is said, and then where she is. */
async function hear(page: Page, text: string): Promise<string> {
  await says(page, text);
  const { id, text: at } = await seen_focus(page, text);
  return id === "" ? at : id;
}

const active_row = (page: Page): Promise<string> => page.evaluate(() => document.getElementById(document.activeElement?.getAttribute("aria-activedescendant") ?? "")?.textContent ?? "");

async function unlock(page: Page): Promise<void> {
  await until_heading(page, say.unlock.title);
  await press_by_key(page, say.unlock.other, " ");
  await until(page, () => document.getElementById("key-file") !== null);
  assert.equal((await seen_focus(page, say.unlock.other)).id, "key-file");
  await tab_to(page, say.unlock.same("ada.key"));
  await page.keyboard.press("Enter");
  await until(page, () => document.getElementById("key-file") === null);
  assert.equal((await seen_focus(page, say.unlock.same("ada.key"))).text, say.unlock.other);
  await tab_to(page, "passphrase");
  await page.keyboard.type("wrong horse battery staple");
  await page.keyboard.press("Enter");
  await until(page, () => document.querySelector(".govuk-error-summary") !== null, { timeout: 60_000 });
  await seen_focus(page, "a wrong passphrase");
  await tab_to(page, "passphrase");
  await page.keyboard.type(PASSPHRASE);
  await page.keyboard.press("Enter");
  await go_to_heading(page, say.inbox.title);
  await until(page, () => document.querySelectorAll("[role=option]").length === 2);
}

/** Search, filters, the list up and down; then the case of the first report is open. */
async function through_the_inbox(page: Page, accused: string): Promise<void> {
  const stops = (await tab_to(page, say.inbox.list)).map(({ id, text }) => (id === "" ? text : id));
  for (const stop of ["refresh", "search", say.inbox.search_button, "status", "only-unread", "only-mine"]) assert.ok(stops.includes(stop), stop);
  const first = await active_row(page);
  await key(page, "ArrowDown");
  assert.notEqual(await active_row(page), first);
  await key(page, "Home");
  assert.equal(await active_row(page), first);
  await key(page, "End");
  await key(page, "k");
  assert.equal(await active_row(page), first);

  await key(page, "/");
  await page.keyboard.type(accused);
  await page.keyboard.press("Enter");
  await until(page, () => document.querySelectorAll("[role=option]").length === 1);
  assert.equal((await seen_focus(page, "searching")).id, "search");
  await press_by_key(page, say.inbox.clear);
  await until(page, () => document.querySelectorAll("[role=option]").length === 2);
  assert.equal((await seen_focus(page, say.inbox.clear)).id, "search");
  await tab_to(page, "only-danger");
  await page.keyboard.press(" ");
  await until(page, () => document.querySelectorAll("[role=option]").length === 1);
  await seen_focus(page, "a filter");
  await page.keyboard.press(" ");
  await until(page, () => document.querySelectorAll("[role=option]").length === 2);

  await tab_to(page, "refresh", { back: true });
  await page.keyboard.press("Enter");
  await until(page, () => document.querySelector(".head + .working")?.textContent === "", { timeout: 60_000 });
  assert.equal((await seen_focus(page, "refreshing")).id, "refresh");

  await tab_to(page, say.inbox.list);
  if (!(await active_row(page)).includes(accused)) await key(page, "j");
  if (!(await active_row(page)).includes(accused)) await key(page, "Home");
  assert.ok((await active_row(page)).includes(accused));
  await page.keyboard.press("Enter");
  await go_to_heading(page, say.conflict.title);
}

async function past_the_question(page: Page, accused: string): Promise<void> {
  await press_by_key(page, say.conflict.recuse);
  await go_to_heading(page, say.conflict.sure_title);
  await press_by_key(page, say.conflict.sure_no, " ");
  await go_to_heading(page, say.conflict.title);
  await press_by_key(page, say.conflict.go_on);
  await go_to_heading(page, accused);
}

async function read(page: Page): Promise<void> {
  await press_by_key(page, say.account.open);
  assert.equal(await hear(page, STORY), say.account.answers);
  await tab_to(page, say.account.hide, { back: true });
  await page.keyboard.press(" ");
  await until(page, (text: string) => !document.body.innerText.includes(text), {}, STORY);
  assert.equal((await seen_focus(page, say.account.hide)).text, say.account.reopen);
  await page.keyboard.press(" ");
  await hear(page, STORY);
  // A picture, shown and hidden.
  await press_by_key(page, say.files.show_image);
  await until(page, () => document.querySelector("iframe") !== null);
  assert.equal((await seen_focus(page, say.files.show_image)).text, say.files.hide);
  await page.keyboard.press("Enter");
  await until(page, () => document.querySelector("iframe") === null);
  assert.equal((await seen_focus(page, say.files.hide)).text, say.files.show_image);
}

async function write_a_note(page: Page): Promise<void> {
  assert.equal((await key(page, "n")).id, "note-words");
  await page.keyboard.type("Kumquat-Note-1");
  await tab_to(page, "privileged");
  await page.keyboard.press(" ");
  await press_by_key(page, say.note.save);
  assert.equal(await hear(page, say.note.saved), say.note.save);
}

async function reply(page: Page): Promise<void> {
  assert.equal((await key(page, "r")).id, "reply-words");
  await press_by_key(page, say.reply.check);
  await hear(page, say.reply.empty);
  await key(page, "r");
  await page.keyboard.type("We have read it.");
  await press_by_key(page, say.reply.check);
  assert.equal(await hear(page, say.reply.check_title), say.reply.check_title);
  await press_by_key(page, say.reply.edit);
  await until(page, () => document.getElementById("reply-words") !== null);
  assert.equal((await seen_focus(page, say.reply.edit)).id, "reply-words");
  await page.keyboard.type(" Take your time.");
  await press_by_key(page, say.reply.check);
  await says(page, say.reply.check_title);
  await press_by_key(page, say.reply.send, " ");
  assert.match(await hear(page, "Nobody but her can read it again"), /^Sent on /);
  await press_by_key(page, say.reply.note_it);
  assert.equal((await seen_focus(page, say.reply.note_it)).id, "note-words");
}

async function change_it(page: Page): Promise<void> {
  await tab_to(page, "label");
  await page.keyboard.type("housing");
  await page.keyboard.press("Enter");
  await hear(page, "put on the label housing");
  await tab_to(page, say.changes.remove_label("housing"), { back: true });
  await page.keyboard.press("Enter");
  assert.equal(await hear(page, "took off the label housing"), "label");
  await tab_to(page, "deadline");
  await page.keyboard.type("Hearing");
  await tab_to(page, "deadline-day");
  await page.keyboard.type("12012026");
  await press_by_key(page, say.changes.add_deadline);
  await until(page, () => document.querySelector(".pairs__day") !== null);
  await seen_focus(page, say.changes.add_deadline);
  await tab_to(page, say.changes.done_name("Hearing"), { back: true });
  await page.keyboard.press(" ");
  await says(page, say.changes.no_deadlines);
  assert.equal((await seen_focus(page, "a deadline that is done")).id, "deadline");
  await press_by_key(page, say.keeping.hold);
  assert.equal(await hear(page, say.keeping.held("Ada")), say.keeping.let_go);
}

/** By its key and by its button; closed, she is where she was. */
async function ask_for_help(page: Page): Promise<void> {
  const before = await seen_focus(page, "before the help");
  const is_open = (on: boolean): Promise<void> => until(page, (wanted: boolean) => (document.querySelector("dialog#help[open]") !== null) === wanted, {}, on);
  await page.keyboard.press("?");
  await is_open(true);
  const first = await seen_focus(page, "?");
  await page.keyboard.press("r"); // not below a dialog
  if (first.id !== "letters") await tab_to(page, "letters"); // where a browser begins is its own affair; behind the last is its own bar
  await page.keyboard.press("Escape");
  await is_open(false);
  assert.deepEqual(await seen_focus(page, "Escape"), before);
  await tab_to(page, say.bar.help, { back: true });
  await page.keyboard.press("Enter");
  await is_open(true);
  await press_by_key(page, say.help.close);
  await is_open(false);
  assert.equal((await seen_focus(page, say.help.close)).text, say.bar.help);
}

for (const name of walked(FARTHEST_BROWSERS)) {
  test("a case by keys alone, from the way in to the lock: " + name, { timeout: 600_000 }, async () => {
    const accused = "Quax-" + name;
    const picture = join(site.folder, "picture.png");
    writeFileSync(picture, Buffer.from(PNG, "base64"));
    await send_report(site, { safe: "no", danger: "He has a key.", what_happened: STORY, surname: accused, contact: "yes" }, [picture]);
    await send_report(site, { what_happened: "Another.", surname: "Other-" + name });
    await with_desk(site, name, "ada", {}, async (page) => {
      const pointers = await count_pointers(page);
      await unlock(page);
      await through_the_inbox(page, accused);
      await past_the_question(page, accused);
      await read(page);
      await write_a_note(page);
      await reply(page);
      await change_it(page);
      await ask_for_help(page);
      await page.keyboard.press("u");
      await until_heading(page, say.inbox.title);
      assert.equal((await seen_focus(page, "u")).text, say.inbox.list);
      await until(page, () => document.querySelectorAll("[role=option]").length === 2);
      assert.ok((await active_row(page)).includes(accused), "back where she was");
      await page.keyboard.press("l");
      await go_to_heading(page, say.unlock.title);
      const left = await left_in(page);
      for (const secret of [STORY, accused, "Kumquat"]) assert.ok(!left.includes(secret), secret);
      assert.equal(await pointers(), 0, "no mouse");
    });
  });
}
