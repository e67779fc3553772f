// SPDX-License-Identifier: AGPL-3.0-or-later
// What she keeps at the server, in real browsers: a report that is saved as she writes and finished elsewhere, a diary of two visits
// that goes to a desk, "last opened", and a server that is down while a draft is saved.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import type { Page } from "puppeteer-core";
import { en } from "../../client-web/src/words/en";
import { FARTHEST_BROWSERS, choose, press, shoot, type, until, until_heading, walked, type BrowserName } from "./browser";
import { assert_good_view } from "./checks";
import { fetch_sealed, open_with_age } from "./desk";
import { day_from_now } from "./organisation";
import type { Site } from "./server";
import { share_visits, type Visits } from "./visits";
import { learn_codename, open_box, past_naming, says, STORY, until_sent } from "./walk";

const words = en.diary;
const SAVED = words.status.saved;

let site: Site;
let open: Visits["open"];
share_visits(FARTHEST_BROWSERS, (visits) => ({ site, open } = visits));

async function visit(name: BrowserName): Promise<Page> {
  const { page } = await open(name);
  await until_heading(page, en.start.title, 60_000);
  return page;
}

async function begin_saved(page: Page, at: (view: string) => Promise<void>): Promise<string> {
  await press(page, en.start.button);
  await until_heading(page, en.safety.title);
  await press(page, en.safety.button);
  await until_heading(page, words.stop.title);
  await at("stop-any-time");
  await press(page, words.stop.yes);
  const codename = await learn_codename(page);
  await until_heading(page, "You");
  return codename;
}

/** Of the report that went since: what `tar` finds in it. */
async function member_of(first_request: number, member: string): Promise<string> {
  const id = site.line.requests.slice(first_request).map((request) => /^PUT \/v1\/reports\/([0-9a-f]{64}) /.exec(request)?.[1]).filter((found) => found !== undefined).at(-1);
  const sealed = id === undefined ? null : await fetch_sealed(site, "sam", id);
  assert.ok(sealed !== null);
  const result = spawnSync("tar", ["xO", member], { input: open_with_age(site, "sam", sealed) });
  assert.equal(result.status, 0, result.stderr.toString());
  return result.stdout.toString();
}

for (const name of walked(FARTHEST_BROWSERS)) {
  const other: BrowserName = name === "chromium" ? "firefox-safer" : "chromium";
  test(`an officer interrupted in her story goes on elsewhere: begun in ${name}, finished in ${other}`, async () => {
    const first = await visit(name);
    const at = (view: string): Promise<void> => assert_good_view(first, name, "draft-" + view);
    const codename = await begin_saved(first, at);
    await choose(first, "q-safe-no");
    await type(first, "q-danger", "He has a key.");
    await press(first, en.continue);
    await until_heading(first, "What happened");
    await type(first, "q-what_happened", STORY);
    await says(first, SAVED); // by itself: she only paused
    await at("saved");
    await first.close(); // without warning

    const second = await visit(other);
    await open_box(second, codename);
    await press(second, words.own.unfinished);
    await until_heading(second, words.unfinished.title);
    await assert_good_view(second, other, "unfinished-before");
    await press(second, words.unfinished.look);
    await says(second, words.unfinished.files);
    await assert_good_view(second, other, "unfinished-found");
    await press(second, words.unfinished.go_on);
    await until_heading(second, "What happened");
    assert.equal(await second.$eval("#q-what_happened", (field) => (field as HTMLTextAreaElement).value), STORY);
    await press(second, en.continue);
    await until_heading(second, "About him");
    await type(second, "q-surname", "Quaxington");
    await press(second, en.continue);
    await until_heading(second, en.files.title);
    await press(second, en.continue);
    await until_heading(second, en.readers.title);
    await choose(second, "desk");
    await assert_good_view(second, other, "readers-choice");
    await press(second, en.continue);
    await past_naming(second, en, words.reminder.title);
    assert.ok(!(await second.evaluate(() => document.body.innerText)).includes(codename.split(" ")[0] + "\n"), "the words are hidden until she asks");
    await assert_good_view(second, other, "reminder");
    await press(second, en.continue);
    await until_heading(second, en.check.title);
    const before_sending = site.line.requests.length;
    await press(second, en.check.button);
    await until_sent(second);
    await says(second, words.status.removed);
    const report = JSON.parse(await member_of(before_sending, "report.json")) as { answers: Record<string, unknown> };
    assert.equal(report.answers["what_happened"], STORY);
    assert.equal(report.answers["danger"], "He has a key.");

    const third = await visit(name);
    await open_box(third, codename);
    await press(third, words.own.unfinished);
    await press(third, words.unfinished.look);
    await says(third, words.unfinished.none);
  });

  test("a diary of two visits, by day, one entry removed, then sent to a desk with its dates: " + name, async () => {
    const first = await visit(name);
    await press(first, words.start_button);
    await until_heading(first, en.safety.title);
    await press(first, en.safety.button);
    const codename = await learn_codename(first);
    await until_heading(first, words.page.title);
    await assert_good_view(first, name, "diary-closed");
    await press(first, words.page.open);
    await says(first, words.page.none);
    for (const text of ["He stood outside my house.", "This one I do not want."]) {
      await press(first, words.page.write);
      await until_heading(first, words.write.title);
      await press(first, words.write.save);
      await first.waitForSelector(".govuk-error-summary");
      if (text.startsWith("He")) await assert_good_view(first, name, "diary-write");
      await type(first, "entry", text);
      await press(first, words.write.save);
      await until_heading(first, words.page.title, 60_000);
      await says(first, text);
    }
    await press(first, words.page.remove + " " + "the entry of " + (await first.$eval("section h2", (h) => h.textContent ?? "")), 1);
    await says(first, words.page.sure);
    await assert_good_view(first, name, "diary-remove");
    await press(first, words.page.yes);
    await until(first, (text: string) => !document.body.innerText.includes(text), { timeout: 60_000 }, "This one I do not want.");
    await first.close();

    const second = await visit(name);
    await open_box(second, codename);
    await assert_good_view(second, name, "box-own");
    await press(second, words.own.diary);
    await press(second, words.page.open);
    await says(second, "He stood outside my house.");
    assert.ok(!(await second.evaluate(() => document.body.innerText)).includes("do not want"));
    await press(second, words.page.write);
    await type(second, "entry", "He rang the bell.\nTwice.");
    await press(second, words.write.save);
    await says(second, "He rang the bell.");
    await assert_good_view(second, name, "diary-entries");
    await press(second, words.page.send);
    await until_heading(second, words.release.title);
    await choose(second, "entries");
    await second.evaluate(() => document.querySelectorAll<HTMLInputElement>("input[id^=entries-]").forEach((box) => box.click()));
    await press(second, en.continue);
    await second.waitForSelector(".govuk-error-summary");
    await choose(second, "entries");
    await second.evaluate(() => document.querySelectorAll<HTMLInputElement>("input[id^=entries-]").forEach((box) => box.click()));
    await assert_good_view(second, name, "diary-choose");
    await press(second, en.continue);
    await until_heading(second, en.readers.title);
    await choose(second, "desk");
    await choose(second, "people"); // Robin
    await press(second, en.continue);
    await until_heading(second, en.check.title);
    await says(second, "Diary.txt");
    await assert_good_view(second, name, "diary-check");
    const before_sending = site.line.requests.length;
    await press(second, en.check.button);
    await until_sent(second);
    const day = day_from_now(0);
    assert.equal(await member_of(before_sending, "attachments/001.txt"), `${day}\n\nHe stood outside my house.\n\nHe rang the bell.\nTwice.\n\n`);
  });

  test("a report is kept in the diary instead of sent: " + name, async () => {
    const page = await visit(name);
    await press(page, en.start.button);
    await press(page, en.safety.button);
    await press(page, words.stop.no);
    await until_heading(page, "You");
    await press(page, en.continue);
    await until_heading(page, "What happened");
    await type(page, "q-what_happened", STORY);
    await press(page, en.continue);
    await press(page, en.continue);
    await until_heading(page, en.files.title);
    await press(page, en.continue);
    await until_heading(page, en.readers.title);
    await choose(page, "choice-keep");
    await assert_good_view(page, name, "readers-keep");
    const before_keeping = site.line.requests.length;
    await press(page, en.continue);
    await until_heading(page, en.codename.title);
    site.line.down = true;
    await learn_codename(page);
    await until_heading(page, words.kept.title);
    await says(page, words.waiting);
    await press(page, en.back); // while it is being saved
    await until_heading(page, en.practice.title);
    site.line.down = false;
    await press(page, en.practice.skip);
    await until_heading(page, words.kept.title);
    await says(page, words.kept.done);
    await assert_good_view(page, name, "diary-kept");
    assert.deepEqual(site.line.requests.slice(before_keeping).filter((request) => request.startsWith("PUT /v1/reports") || request.startsWith("PUT /v1/uploads")), [], "nothing was sent to a desk");
    await press(page, words.kept.open);
    await until_heading(page, words.page.title);
    await says(page, STORY);
    assert.equal(await page.$$eval("article", (entries) => entries.length), 1);
  });
}

test("the server is down while a draft is saved: she goes on writing, and it is saved when it is back", async () => {
  const page = await visit("chromium");
  await begin_saved(page, async () => undefined);
  await press(page, en.continue);
  await until_heading(page, "What happened");
  site.line.down = true;
  await type(page, "q-what_happened", "Before. ");
  await press(page, en.continue);
  await until_heading(page, "About him"); // she did not have to wait
  await says(page, words.status["no-connection"]);
  await assert_good_view(page, "chromium", "draft-no-connection");
  await type(page, "q-surname", "Quaxington");
  site.line.down = false;
  await says(page, SAVED);
});

test("two windows with one draft: the later one is told, and may take over", async () => {
  const one = await visit("chromium");
  const codename = await begin_saved(one, async () => undefined);
  await choose(one, "q-safe-no");
  await press(one, en.continue);
  await until_heading(one, "What happened");
  await type(one, "q-what_happened", "One. ");
  await says(one, SAVED);
  const two = await visit("chromium");
  await open_box(two, codename);
  await press(two, words.own.unfinished);
  await press(two, words.unfinished.look);
  await says(two, words.unfinished.files);
  await press(two, words.unfinished.go_on);
  await until_heading(two, "What happened");
  await type(two, "q-what_happened", "Two. ");
  await says(two, SAVED);
  await one.bringToFront();
  await type(one, "q-what_happened", "More. ");
  await says(one, words.status.elsewhere);
  await assert_good_view(one, "chromium", "draft-elsewhere");
  await press(one, words.status.this_one);
  await says(one, SAVED);
});

test("last opened: on request only, the days before, then today; no proof", async () => {
  const page = await visit("chromium");
  await open_box(page, "abacus abdomen abdominal abide abiding ability ablaze zoom");
  await press(page, words.own.last_opened);
  await until_heading(page, words.last_opened.title);
  await says(page, words.last_opened.no_proof);
  await assert_good_view(page, "chromium", "last-opened-before");
  await press(page, words.last_opened.show);
  await says(page, words.last_opened.first);
  const again = await visit("chromium");
  await open_box(again, "abacus abdomen abdominal abide abiding ability ablaze zoom");
  await press(again, words.own.last_opened);
  await press(again, words.last_opened.show);
  await says(again, words.last_opened.days);
  assert.equal(await again.$$eval("main ul li", (items) => items.length), 1);
  await assert_good_view(again, "chromium", "last-opened");
  await press(again, words.last_opened.forget);
  await says(again, words.last_opened.forgotten);
});

test("another codename: her diary follows when she says so, and nothing is left under the old one", async () => {
  const page = await visit("chromium");
  await press(page, words.start_button);
  await press(page, en.safety.button);
  const old = await learn_codename(page);
  await until_heading(page, words.page.title);
  await press(page, words.page.open);
  await says(page, words.page.none);
  await press(page, words.page.write);
  await type(page, "entry", "Kept under the old words.");
  await press(page, words.write.save);
  await says(page, "Kept under the old words.");
  await press(page, words.page.close);
  await until_heading(page, en.come_back.box.title);
  await press(page, en.come_back.box.change);
  await until_heading(page, en.come_back.change.title);
  await press(page, en.come_back.change.button);
  const fresh = await learn_codename(page);
  assert.notEqual(fresh, old);
  await until_heading(page, en.readers.title);
  await choose(page, "desk");
  await press(page, en.continue);
  await until_heading(page, en.check.title);
  await press(page, en.check.button);
  await until_sent(page);
  await assert_good_view(page, "chromium", "diary-move");
  await press(page, words.move.button);
  await says(page, words.move.done);
  for (const [codename, text] of [[fresh, "Kept under the old words."], [old, words.page.none]] as const) {
    const later = await visit("chromium");
    await open_box(later, codename);
    await press(later, words.own.diary);
    await press(later, words.page.open);
    await says(later, text);
  }
});

test("an invented codename opens an empty diary and no unfinished report", async () => {
  const page = await visit("chromium");
  await open_box(page, "able ablaze ability abiding abide abdominal abdomen zoom");
  await press(page, words.own.diary);
  await press(page, words.page.open);
  await says(page, words.page.none);
  await shoot(page, "diary-invented");
});
