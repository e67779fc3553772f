// SPDX-License-Identifier: AGPL-3.0-or-later
// What goes wrong: broken lines, a server that is down, rosters that must not be believed, files that cannot be read; and leaving.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import type { Browser, Page } from "puppeteer-core";
import { NEUTRAL_SITE } from "../../client-web/src/neutral_site";
import { sign_note } from "../../client-web/src/protocol/note";
import { en } from "../../client-web/src/words/en";
import { BROWSERS, choose, heading, open_browser, open_page, press, shoot, until_heading, type, until, walked } from "./browser";
import { fetch_sealed, open_with_age } from "./desk";
import { day_from_now, make_key_holder, make_member } from "./organisation";
import { start_site, type Site } from "./server";
import { add_files, past_naming, STORY, to_check, to_files, until_sent } from "./walk";

let site: Site;
const browsers = new Map<string, Browser>();
before(async () => {
  site = await start_site();
  for (const name of BROWSERS) browsers.set(name, await open_browser(name));
});
after(async () => {
  for (const browser of browsers.values()) await browser.close();
  await site.stop();
});
const pages: Page[] = [];
afterEach(async () => {
  Object.assign(site.line, { down: false, cut_after_bytes: null, roster: null, receipt: null, bytes_per_second: null });
  for (const page of pages.splice(0)) await page.close();
});

async function visit(name: string): Promise<{ page: Page; asked: string[] }> {
  const browser = browsers.get(name);
  if (browser === undefined) throw new RangeError(name);
  const opened = await open_page(browser, site.address);
  pages.push(opened.page);
  return opened;
}

const text_of = (page: Page): Promise<string> => page.evaluate(() => document.body.innerText);

function write_file(name: string, bytes: number): string {
  const path = join(site.folder, name);
  writeFileSync(path, randomBytes(bytes));
  return path;
}

for (const name of walked(BROWSERS)) {
  test("a connection cut in the middle of an upload, then a pause: nothing is lost: " + name, async () => {
    const { page } = await visit(name);
    await to_files(page);
    await add_files(page, [write_file("film.mp4", 6_000_000)]);
    await to_check(page, null);
    const before_sending = site.line.requests.length;
    site.line.cut_after_bytes = 300_000;
    site.line.bytes_per_second = 3_000_000;
    await press(page, en.check.button);
    await until_heading(page, en.sending.title);
    await until(page, () => Number(document.querySelector("progress")?.value) >= 10, { timeout: 60_000 });
    await press(page, en.sending.pause);
    await until(page, (text: string) => document.body.innerText.includes(text), {}, en.sending.paused);
    await shoot(page, name + "-sending-paused");
    const quiet = site.line.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 1200));
    assert.ok(site.line.requests.length <= quiet + 1, "paused is paused");
    site.line.bytes_per_second = null;
    await press(page, en.sending.resume);
    await until_sent(page, undefined, 120_000);
    assert.equal(site.line.cut_after_bytes, null, "the line was cut");
    const requests = site.line.requests.slice(before_sending);
    // Firefox may repeat a request on a broken connection by itself: then the page does not notice the cut.
    const asked = requests.some((request) => /^GET \/v1\/uploads\/[0-9a-f]{64} /.test(request));
    assert.ok(asked || name.startsWith("firefox"), "what is missing was asked after the cut");
    const first_part = requests.filter((request) => /\/parts\/0 /.test(request)).length;
    assert.ok(first_part <= 3, "acknowledged parts are not sent again");
  });
}

test("50 MiB, cut in the middle of it: every part that was acknowledged stays, and it arrives whole", { timeout: 200_000 }, async () => {
  const { page } = await visit("chromium");
  await to_files(page);
  await add_files(page, [write_file("film-50.mp4", 50 * 1024 * 1024)]);
  await to_check(page, null);
  const before_sending = site.line.requests.length;
  site.line.bytes_per_second = 12_000_000;
  await press(page, en.check.button);
  await until(page, () => Number(document.querySelector("progress")?.value) >= 45, { timeout: 120_000 });
  const parts_of = (requests: readonly string[]): string[] => requests.map((request) => /^PUT .*\/parts\/([0-9]+) /.exec(request)?.[1]).filter((part) => part !== undefined);
  const before_cut = new Set(parts_of(site.line.requests.slice(before_sending)));
  site.line.cut_after_bytes = 300_000;
  await until_sent(page, undefined, 150_000);
  assert.equal(site.line.cut_after_bytes, null, "the line was cut");
  const requests = site.line.requests.slice(before_sending);
  const parts = parts_of(requests);
  assert.ok(before_cut.size >= 20 && new Set(parts).size > 50, "in the middle: " + before_cut.size + " of " + new Set(parts).size);
  assert.ok(parts.length <= new Set(parts).size + 2, "only what was cut is sent again");
  const id = requests.map((request) => /^POST \/v1\/uploads\/([0-9a-f]{64})\/finish/.exec(request)?.[1]).find((found) => found !== undefined);
  const sealed = id === undefined ? null : await fetch_sealed(site, "sam", id);
  assert.ok(sealed !== null);
  assert.ok(open_with_age(site, "sam", sealed).includes(readFileSync(join(site.folder, "film-50.mp4"))), "byte for byte");
});

test("server down while sending, and back", async () => {
  const { page } = await visit("chromium");
  await to_files(page);
  await to_check(page, null);
  site.line.down = true;
  await press(page, en.check.button);
  await until(page, (text: string) => document.body.innerText.includes(text), {}, en.sending.waiting);
  await shoot(page, "sending-waiting");
  site.line.down = false;
  await press(page, en.sending.now);
  await until_sent(page);
});

test("an empty answer instead of a roster: clear words, and a retry that works", async () => {
  site.line.roster = "";
  const { page } = await visit("chromium");
  await until_heading(page, en.trouble.title);
  site.line.roster = null;
  await press(page, en.trouble.try_again);
  await until_heading(page, en.start.title);
});

test("rosters that must not be believed, each in its own words; helplines only from one that was rightly signed", async () => {
  const good = site.organisation.note();
  const text = good.slice(0, good.lastIndexOf("\n\n") + 1);
  const stranger = make_key_holder("candour/root-key/stranger");
  const words = en.trouble.roster;
  const past = { valid_from: day_from_now(-60), valid_until: day_from_now(-1) };
  const cases: readonly (readonly [string, string, boolean])[] = [
    ["nonsense", words["not-a-roster"], false],
    [sign_note(text, stranger.name, stranger.seed), words.unsigned, false],
    [good.replace("Refuge", "Refuse"), words["wrong-signature"], false],
    [site.organisation.note(past), words.expired, true],
    [site.organisation.note({ valid_from: day_from_now(2) }), words["not-yet-valid"], true],
    [site.organisation.note({ places: 1 }), words.malformed("places"), false],
  ];
  for (const [roster, reason, helplines] of cases) {
    site.line.roster = roster;
    const { page } = await visit("chromium");
    await until_heading(page, en.trouble.title);
    const shown = await text_of(page);
    assert.ok(shown.includes(reason), reason + "\n" + shown);
    assert.equal(shown.includes("0808 2000 247"), helplines, reason);
    assert.ok(shown.includes("999"));
    await shoot(page, "trouble-" + cases.findIndex(([r]) => r === roster));
  }
});

test("an older roster just before sending is refused, and what she wrote is kept", async () => {
  const { page } = await visit("chromium");
  await to_files(page);
  await to_check(page, null);
  site.line.roster = site.organisation.note({ version: 6 });
  await press(page, en.check.button);
  await until_heading(page, en.trouble.title);
  assert.ok((await text_of(page)).includes(en.trouble.roster.older));
  assert.ok((await text_of(page)).includes(en.trouble.kept));
  site.line.roster = null;
  await press(page, en.trouble.try_again);
  await until_heading(page, en.check.title);
  assert.ok((await text_of(page)).includes(STORY));
});

test("a reader added meanwhile: she is asked again before anything is sealed", async () => {
  const { page } = await visit("chromium");
  await to_files(page);
  await to_check(page, null);
  const before_sending = site.line.requests.length;
  const caseworkers = site.organisation.members.map((m) => (m.id === "ada" ? { ...m.entry, desks: ["legal", "support"] } : m.entry));
  site.line.roster = site.organisation.note({ version: 8, caseworkers });
  await press(page, en.check.button);
  await until_heading(page, en.readers.title);
  assert.ok((await text_of(page)).includes(en.readers.changed));
  assert.ok((await text_of(page)).includes(en.readers.keep_from("Ada")));
  assert.ok(!site.line.requests.slice(before_sending).some((request) => /^PUT/.test(request)), "nothing was sent");
});

test("somebody without a key for today can be kept away too, and the report says so", async () => {
  const kim = await make_member("kim", "Kim", ["legal"], -1);
  site.line.roster = site.organisation.note({ caseworkers: [...site.organisation.members.map((m) => m.entry), kim.entry] });
  const { page } = await visit("chromium");
  await to_files(page);
  const before_sending = site.line.requests.length;
  await to_check(page, "people-kim", async (view) => {
    if (view !== "readers") return;
    assert.ok((await text_of(page)).includes(en.readers.keep_from("Kim") + "\n" + en.readers.cannot_receive("Kim")));
    await shoot(page, "readers-lapsed");
  });
  assert.match(await text_of(page), new RegExp(en.check.excluded + "\\s+Kim"));
  await press(page, en.check.button);
  await until_sent(page);
  const id = /^PUT \/v1\/reports\/([0-9a-f]{64})/.exec(site.line.requests.slice(before_sending).find((request) => request.startsWith("PUT")) ?? "")?.[1];
  const sealed = id === undefined ? null : await fetch_sealed(site, "sam", id);
  assert.ok(sealed !== null);
  const archive = open_with_age(site, "sam", sealed);
  assert.match(archive.toString("latin1"), /\naudience robin\naudience sam\nexclude kim\n/);
});

test("a receipt that cannot be believed: it says so, keeps what she wrote, and lets her send again", async () => {
  const { receipt } = site.organisation;
  site.line.roster = site.organisation.note({ receipt_key: receipt.verifier });
  const signed = (day: string) => (id: string, sha256: string): string =>
    sign_note("candour/v1/receipt\nreport " + id + "\nsha256 " + sha256 + "\nday " + day + "\n", receipt.name, receipt.seed);
  const { page } = await visit("chromium");
  await to_files(page);
  await to_check(page, null);
  for (const [answer, words, shot] of [[signed(day_from_now(-2)), en.receipt_wrong.day, "day"], [() => "nonsense", en.receipt_wrong.wrong, "wrong"]] as const) {
    site.line.receipt = answer;
    await press(page, en.check.button);
    await until_heading(page, en.receipt_wrong.title);
    assert.ok((await text_of(page)).includes(words));
    await shoot(page, "receipt-" + shot);
    await press(page, en.receipt_wrong.back);
    await until_heading(page, en.check.title);
    assert.ok((await text_of(page)).includes(STORY));
  }
  site.line.receipt = signed(day_from_now(0));
  await press(page, en.check.button);
  await until_sent(page);
});

test("no helplines in the roster: none is promised", async () => {
  site.line.roster = site.organisation.note({ helplines: [] });
  const { page } = await visit("chromium");
  const seen: string[] = [];
  const at = async (): Promise<void> => void seen.push(await text_of(page));
  await to_files(page, at);
  await to_check(page, null, at);
  await press(page, en.check.button);
  await until_sent(page, at);
  assert.ok(seen.at(-1)?.includes(en.sent.worse_alone));
  for (const text of seen) assert.doesNotMatch(text, /helpline|someone to talk to/i);
  await shoot(page, "sent-no-helplines");
});

test("everybody kept away, nothing said, a wrong word: each is said plainly", async () => {
  const { page } = await visit("chromium");
  await until_heading(page, en.start.title);
  await press(page, en.start.button);
  await until_heading(page, en.safety.title);
  await press(page, en.safety.button);
  await press(page, en.diary.stop.no);
  for (const title of ["You", "What happened", "About him"]) {
    await until_heading(page, title);
    await press(page, en.continue);
  }
  await until_heading(page, en.files.title);
  await press(page, en.continue);
  await until_heading(page, en.readers.title);
  await press(page, en.continue);
  await until(page, (text: string) => document.querySelector(".govuk-error-summary")?.textContent?.includes(text), {}, en.readers.choose_desk);
  await choose(page, "desk");
  await choose(page, "people");
  await choose(page, "people-sam");
  await press(page, en.continue);
  await until(page, (text: string) => document.querySelector(".govuk-error-summary")?.textContent?.includes(text), {}, en.readers.somebody);
  assert.equal(await page.evaluate(() => document.activeElement?.className), "govuk-error-summary", "the summary has the focus");
  await shoot(page, "readers-error");
  await choose(page, "people-sam");
  await press(page, en.continue);
  await past_naming(page);
  await press(page, en.codename.button);
  await until_heading(page, en.practice.title);
  await press(page, en.practice.button);
  await page.waitForSelector(".govuk-error-summary");
  await shoot(page, "practice-error");
  await press(page, en.practice.skip);
  await until_heading(page, en.check.title);
  await press(page, en.check.button);
  await until(page, (text: string) => document.querySelector(".govuk-error-summary")?.textContent?.includes(text), {}, en.check.nothing);
});

test("a file that is gone when it is sent is named; without it the report goes", async () => {
  const { page } = await visit("chromium");
  await to_files(page);
  const path = write_file("gone.txt", 100_000);
  await add_files(page, [path]);
  await to_check(page, null);
  rmSync(path);
  await press(page, en.check.button);
  await until_heading(page, en.check.title);
  await until(page, (text: string) => document.querySelector(".govuk-error-summary")?.textContent?.includes(text), { timeout: 20_000 }, "gone.txt");
  await choose(page, "change-files");
  await until_heading(page, en.files.title);
  await choose(page, "remove-0");
  await press(page, en.continue);
  await until_heading(page, en.check.title);
  await press(page, en.check.button);
  await until_sent(page);
});

for (const name of walked(BROWSERS)) {
  test("the browser's Back goes one question back and loses nothing; a reload starts empty: " + name, async () => {
    const { page } = await visit(name);
    await to_files(page);
    for (const title of ["About him", "What happened"]) {
      await page.evaluate(() => history.back());
      await until_heading(page, title);
    }
    assert.equal(await page.$eval("#q-what_happened", (field) => (field as HTMLTextAreaElement).value), STORY);
    await page.reload();
    await until_heading(page, en.start.title);
    assert.ok(!(await text_of(page)).includes("Xylophon"));
  });

  for (const way of ["button", "keyboard"] as const) {
    test("exit by " + way + ": blank at once, on to the neutral site, nothing of ours behind: " + name, async () => {
      const { page, asked } = await visit(name);
      await to_files(page);
      const site_requests = site.line.requests.length;
      if (way === "button") await page.evaluate(() => document.getElementById("exit")?.click());
      else for (let i = 0; i < 3; i += 1) await page.keyboard.press("Shift");
      await new Promise((resolve) => setTimeout(resolve, 1500));
      assert.ok(asked.some((url) => url.startsWith(NEUTRAL_SITE)), "the neutral site was opened: " + asked.slice(-3).join(" "));
      assert.equal(site.line.requests.length, site_requests, "the server is told nothing");
      if (name === "chromium") {
        const { entries } = await (await page.createCDPSession()).send("Page.getNavigationHistory");
        const ours = entries.map((entry) => entry.url).filter((url) => url.startsWith(site.address) && !url.endsWith("/leave.html"));
        assert.deepEqual(ours, [], "neither Back nor Forward leads to the page");
      }
      const left = await page.evaluate(() => document.documentElement.outerHTML).catch(() => "");
      assert.ok(!left.includes("Xylophon") && !left.includes(en.files.title));
    });
  }
}

test("capital letters are no exit", async () => {
  const { page } = await visit("chromium");
  await until_heading(page, en.start.title);
  await press(page, en.start.button);
  await press(page, en.safety.button);
  await press(page, en.diary.stop.no);
  await until_heading(page, "You");
  await choose(page, "q-safe-no");
  await type(page, "q-danger", "ABC DEF");
  for (let i = 0; i < 3; i += 1) {
    await page.keyboard.down("Shift");
    await page.keyboard.press("KeyA");
    await page.keyboard.up("Shift");
  }
  assert.equal(await heading(page), "You");
});

test("before any script has loaded the exit is a plain link that leads away", async () => {
  const browser = browsers.get("chromium");
  assert.ok(browser !== undefined);
  const page = await browser.newPage();
  pages.push(page);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.setJavaScriptEnabled(false);
  await page.goto(site.address);
  await page.keyboard.press("Tab"); // the skip link
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.ok(asked.includes(NEUTRAL_SITE), asked.join(" "));
});

test("before any script has loaded there is a way out and a word about danger", async () => {
  const browser = browsers.get("chromium");
  assert.ok(browser !== undefined);
  const page = await browser.newPage();
  pages.push(page);
  await page.setJavaScriptEnabled(false);
  await page.goto(site.address);
  await page.setJavaScriptEnabled(true);
  assert.equal(await page.$eval("#exit", (link) => link.getAttribute("href")), NEUTRAL_SITE);
  const shown = await page.$eval("noscript", (element) => element.innerHTML);
  assert.ok(shown.includes("999") && shown.includes("Safer"));
  await shoot(page, "no-script");
});
