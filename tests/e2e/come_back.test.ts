// SPDX-License-Identifier: AGPL-3.0-or-later
// Coming back with a codename, in real browsers: answers read, more written, the desk asked to stop, the codename changed.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import type { Page } from "puppeteer-core";
import { day_text } from "../../client-web/src/day_text";
import { encode_base64, encode_hex, random_bytes, type Bytes } from "../../client-web/src/protocol/bytes";
import { derive_report_secret, derive_reporter_keys, report_id, thread_of } from "../../client-web/src/protocol/codename";
import { encode_verifier, parse_note, parse_verifier, signed_by } from "../../client-web/src/protocol/note";
import { en } from "../../client-web/src/words/en";
import { FARTHEST_BROWSERS, choose, press, shoot, type, until, until_heading, walked, type BrowserName } from "./browser";
import { assert_good_view } from "./checks";
import { fetch_sealed, list_reports, open_with_age } from "./desk";
import { day_from_now } from "./organisation";
import { put_reply } from "./replies";
import type { Site } from "./server";
import { share_visits, type Visits } from "./visits";
import { learn_codename, open_box, says, to_check, to_files, until_sent } from "./walk";

const words = en.come_back;
const INVENTED = "abacus abdomen abdominal abide abiding ability ablaze able";
const FETCHED_MILLISECONDS_MAX = 40_000;

let site: Site;
let open: Visits["open"];
share_visits(FARTHEST_BROWSERS, (visits) => ({ site, open } = visits));

async function visit(name: BrowserName): Promise<Page> {
  const { page } = await open(name);
  await until_heading(page, en.start.title);
  return page;
}

/** report.json of the last report that the page uploaded, as the member opens it. */
async function last_report(member: string): Promise<{ id: string; report: any }> {
  const id = site.line.requests.map((request) => /^PUT \/v1\/reports\/([0-9a-f]{64}) /.exec(request)?.[1]).filter((found) => found !== undefined).at(-1) ?? "";
  const sealed = await fetch_sealed(site, member, id);
  assert.ok(sealed !== null, member + " has it");
  const tar = spawnSync("tar", ["xO", "report.json"], { input: open_with_age(site, member, sealed), maxBuffer: 1 << 28 });
  return { id, report: JSON.parse(tar.stdout.toString()) };
}

for (const name of walked(FARTHEST_BROWSERS)) {
  test("she comes back: reads, writes more, asks to stop, takes it back, changes her codename: " + name, async () => {
    const first = await visit(name);
    await to_files(first);
    const codename = await to_check(first, null);
    await press(first, en.check.button);
    await until_sent(first);
    await says(first, words.sent.title);
    await put_reply(site, "robin", codename, 0, null);
    await put_reply(site, "sam", codename, 0, "We have read it.\n\nWhen is it safe to write?");
    await put_reply(site, "sam", codename, 1, "This one is not for you.", { signer: "robin" });
    await site.restart();

    const page = await visit(name);
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    const at = (view: string): Promise<void> => assert_good_view(page, name, "come-back-" + view);
    await at("start");
    await open_box(page, codename);
    await at("box-looking");
    await says(page, "When is it safe to write?", FETCHED_MILLISECONDS_MAX);
    await says(page, words.box.count(2));
    await says(page, words.box.opened("Robin", day_text(day_from_now(-1))));
    assert.ok(!(await page.evaluate(() => document.body.innerText)).includes("not for you"), "what its author did not sign is not shown");
    await at("box");

    await press(page, words.box.write);
    await until_heading(page, words.more.title);
    await type(page, "q-more", "Tuesdays are safe. ");
    await at("more");
    await press(page, en.back); // to read the message again; what was written stays
    await until_heading(page, words.box.title);
    await press(page, words.box.go_on);
    await until_heading(page, words.more.title);
    await type(page, "q-more", "From ten to two.");
    await press(page, en.continue);
    await until_heading(page, en.files.title);
    await press(page, en.continue);
    await until_heading(page, en.readers.title);
    await says(page, words.readers);
    await choose(page, "desk");
    await choose(page, "people"); // Robin not, this time
    await at("readers");
    await press(page, en.continue);
    await until_heading(page, en.check.title);
    await at("check");
    await press(page, en.check.button);
    await until_heading(page, en.sent.title, 60_000);
    await at("sent");
    const added = await last_report("sam");
    assert.equal(added.report.answers.more.replace("Tuesdays are safe. ", ""), "From ten to two.");
    assert.equal(added.report.thread, thread_of(derive_reporter_keys(codename).seed));
    assert.equal(added.report.authorship_key, encode_base64(derive_reporter_keys(codename).authorship_key));
    assert.equal(added.report.succession, undefined);
    assert.equal(await fetch_sealed(site, "robin", added.id), null, "Robin was left out");

    await press(page, words.sent.back);
    await until_heading(page, words.box.title);
    await says(page, words.box.count(2)); // without waiting: they are not asked for twice
    await press(page, words.box.withdraw);
    await until_heading(page, words.withdraw.title);
    await at("withdraw");
    const before_asking = site.line.requests.length;
    await press(page, words.withdraw.ask);
    await says(page, words.withdraw.asked);
    await at("withdrawn");
    const asked = site.line.requests.slice(before_asking).filter((request) => !request.includes("/evaluation ")); // of what she sent before
    const ids = Array.from({ length: 8 }, (_, n) => encode_hex(report_id(derive_report_secret(derive_reporter_keys(codename).seed, n))));
    assert.deepEqual(asked, ids.map((id) => `PUT /v1/reports/${id}/withdrawal 0`), "always all eight");
    const withdrawn = async (): Promise<unknown> => (await list_reports(site, "sam")).find(({ id }) => id === ids[0])?.withdrawn;
    assert.notEqual(await withdrawn(), null);
    await press(page, words.withdraw.take_back);
    await says(page, words.withdraw.taken_back);
    assert.equal(await withdrawn(), null);
    await press(page, words.withdraw.done);

    await until_heading(page, words.box.title);
    await press(page, words.box.change);
    await until_heading(page, words.change.title);
    await at("change");
    await press(page, words.change.button);
    const next_codename = await learn_codename(page);
    assert.notEqual(next_codename, codename);
    await until_heading(page, en.readers.title);
    await choose(page, "desk");
    await press(page, en.continue);
    await until_heading(page, en.check.title);
    await at("change-check");
    await press(page, en.check.button);
    await until_heading(page, en.sent.title, 60_000);
    await says(page, words.sent.changed_lead);
    const changed = await last_report("sam");
    const [old_keys, new_keys] = [derive_reporter_keys(codename), derive_reporter_keys(next_codename)];
    assert.equal(changed.report.thread, thread_of(old_keys.seed));
    assert.equal(changed.report.reply_recipient, new_keys.reply_recipient);
    assert.equal(changed.id, thread_of(new_keys.seed), "the first report of the new codename: later ones follow it");
    const note = parse_note(changed.report.succession);
    const old_author = parse_verifier(encode_verifier("candour/author", old_keys.authorship_key));
    assert.ok(note !== null && old_author !== null);
    assert.equal(signed_by(note, old_author), "good");
    assert.equal(note.text, `candour/v1/succession\nthread ${thread_of(old_keys.seed)}\nauthorship ${encode_base64(new_keys.authorship_key)}\n`);
    await press(page, words.sent.back);
    await until_heading(page, words.box.title);
    await says(page, words.box.none);
    assert.deepEqual(problems, []);
  });

  test("any eight words of the list open a box; a word that is not in it is named: " + name, async () => {
    const page = await visit(name);
    await press(page, words.start_button);
    await until_heading(page, words.entry.title);
    await type(page, "codename-0", "abacus hosepipes ");
    await press(page, words.entry.button);
    await says(page, words.entry.unknown(2, "hosepipes"));
    await says(page, words.entry.missing(3));
    await assert_good_view(page, name, "come-back-unknown");
    await press(page, en.back);
    await until_heading(page, en.start.title);
    await open_box(page, INVENTED);
    await says(page, words.box.none);
    await assert_good_view(page, name, "come-back-invented");
    const verbs = await page.$$eval("main button", (buttons) => buttons.map((button) => button.textContent));
    for (const verb of [words.box.write, words.box.change, words.box.withdraw]) assert.ok(verbs.includes(verb), verb);
    await press(page, words.box.withdraw);
    await press(page, words.withdraw.ask);
    await says(page, words.withdraw.asked); // the very same answer
  });

  test("a word is completed by the keyboard alone, and said to a screen reader: " + name, async () => {
    const page = await visit(name);
    await press(page, words.start_button);
    await until_heading(page, words.entry.title);
    await type(page, "codename-0", "abi");
    const field = (): Promise<Record<string, string | null>> => page.$eval("#codename-0", (input) => ({
      value: (input as HTMLInputElement).value, expanded: input.getAttribute("aria-expanded"),
      active: document.getElementById(input.getAttribute("aria-activedescendant") ?? "")?.textContent ?? null,
    }));
    assert.deepEqual(await field(), { value: "abi", expanded: "true", active: null });
    await says(page, words.entry.matches(3));
    await assert_good_view(page, name, "come-back-completion");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    assert.deepEqual(await field(), { value: "abi", expanded: "true", active: "abiding" });
    await page.keyboard.press("Escape");
    assert.equal((await field())["expanded"], "false");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    assert.equal((await field())["value"], "ability");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "codename-1", "on to the next word");
  });

  test("a file came with a message: she is asked first, it is checked, and saved under a plain name; another one is not given to her: " + name, async () => {
    const codename = INVENTED.replace("abacus", name === "chromium" ? "zeppelin" : "zestfully");
    const letter = (): Bytes => random_bytes(40_000).map((byte) => byte | 1);
    const content = letter();
    await put_reply(site, "robin", codename, 0, "Sign page two.", { file: { name: "Letter \u202efdp.exe", content } });
    await put_reply(site, "sam", codename, 0, "And this.", { file: { name: "leaflet.pdf", content: letter(), stored: letter() } });
    await site.restart();
    const page = await visit(name);
    await open_box(page, codename);
    await says(page, "Sign page two.", FETCHED_MILLISECONDS_MAX);
    await says(page, "And this.", FETCHED_MILLISECONDS_MAX);
    assert.ok((await page.evaluate(() => document.body.innerText)).includes("Letter \\u{202e}fdp.exe"), "nothing hides in the name");
    const asked = site.line.exchanges.length;
    const of_robin = await page.$$eval("article", (all) => all.findIndex((one) => one.textContent?.includes("Sign page two.")));
    await press(page, words.box.file.get, of_robin);
    await says(page, words.box.file.sure);
    await assert_good_view(page, name, "come-back-file-asks");
    await press(page, words.box.file.yes);
    await says(page, words.box.file.here, FETCHED_MILLISECONDS_MAX);
    assert.ok(site.line.exchanges.length >= asked + 3, "three parts were fetched");
    await assert_good_view(page, name, "come-back-file-here");
    const link = await page.$eval("article a[download]", (a) => ({ name: a.getAttribute("download"), scheme: (a as HTMLAnchorElement).protocol }));
    assert.deepEqual(link, { name: "Letter_fdp.exe", scheme: "blob:" });
    // Asking for the other one takes the first away.
    await press(page, words.box.file.get);
    await press(page, words.box.file.yes);
    await says(page, words.box.file.wrong, FETCHED_MILLISECONDS_MAX);
    assert.equal((await page.$$("article a[download]")).length, 0);
  });

  test("the server is gone and comes back: the box waits, and then has the messages: " + name, async () => {
    const codename = INVENTED.replace("abacus", name === "chromium" ? "zebra" : "zone");
    await put_reply(site, "robin", codename, 0, "Hello.");
    await site.restart();
    const page = await visit(name);
    await open_box(page, codename);
    site.line.down = true;
    const asked = site.line.exchanges.length;
    for (let i = 0; i < 600 && site.line.exchanges.length < asked + 4; i += 1) await new Promise((resolve) => setTimeout(resolve, 100));
    if (name === "chromium") await says(page, words.box.no_answer, FETCHED_MILLISECONDS_MAX); // Firefox repeats requests by itself, and may not notice
    site.line.down = false;
    await says(page, "Hello.", FETCHED_MILLISECONDS_MAX);
  });

  test("the roster has expired: she reads, keeps and takes back what she sent; nothing new is offered: " + name, async () => {
    const codename = INVENTED.replace("abacus", name === "chromium" ? "zoology" : "zipping");
    await put_reply(site, "robin", codename, 0, "We have read it.");
    await site.restart();
    site.line.roster = site.organisation.note({ version: 6, valid_from: day_from_now(-60), valid_until: day_from_now(-1) });
    const { page } = await open(name);
    await until_heading(page, en.trouble.title);
    await says(page, en.trouble.outdated);
    await open_box(page, codename);
    await says(page, "We have read it.", FETCHED_MILLISECONDS_MAX);
    await says(page, en.trouble.outdated);
    await says(page, en.trouble.paused);
    await assert_good_view(page, name, "come-back-expired");
    const verbs = await page.$$eval("main button", (buttons) => buttons.map((button) => button.textContent));
    for (const verb of [words.box.write, words.box.change]) assert.ok(!verbs.includes(verb), verb);
    await press(page, en.diary.own.diary);
    await press(page, en.diary.page.open);
    await says(page, en.diary.page.none);
    await press(page, en.diary.page.write);
    await type(page, "entry", "Kept while it pauses.");
    await press(page, en.diary.write.save);
    await until_heading(page, en.diary.page.title, 60_000);
    await says(page, "Kept while it pauses.");
    await press(page, en.back);
    await press(page, words.box.withdraw);
    await press(page, words.withdraw.ask);
    await says(page, words.withdraw.asked);
    await press(page, words.withdraw.done);
    await until_heading(page, words.box.title);
    await press(page, en.back);
    await until_heading(page, en.trouble.title);
    site.line.roster = null;
    await press(page, en.trouble.try_again);
    await until_heading(page, en.start.title);
  });

  test("back and reload close the box, exit leaves nothing of it: " + name, async () => {
    const page = await visit(name);
    await open_box(page, INVENTED);
    await says(page, words.box.none);
    await page.goBack().catch(() => null); // the page's own Back: some browsers call it no navigation
    await until_heading(page, en.start.title);
    await open_box(page, INVENTED);
    await page.reload();
    await until_heading(page, en.start.title);
    assert.ok(!(await page.evaluate(() => document.body.innerText)).includes("abdominal"));
    await open_box(page, INVENTED);
    await press(page, words.box.words_show);
    await says(page, "abdominal");
    const workers = (): number => (page as unknown as { workers(): unknown[] }).workers().length;
    const worked = name === "chromium" ? workers() : 2;
    assert.equal(worked, 2);
    await page.evaluate(() => document.getElementById("exit")?.click());
    await until(page, () => !document.documentElement.outerHTML.includes("abdominal")).catch(() => undefined); // the neutral site cannot be reached here
    for (let i = 0; name === "chromium" && i < 40 && workers() > 0; i += 1) await new Promise((resolve) => setTimeout(resolve, 50)); // the browser says so a little later
    if (name === "chromium") assert.equal(workers(), 0, "both Workers are gone");
    const after_exit = site.line.exchanges.length;
    await new Promise((resolve) => setTimeout(resolve, 6000));
    assert.equal(site.line.exchanges.slice(after_exit).filter(({ path }) => path.startsWith("/v1/")).length, 0, "nothing is asked for after the exit");
    await shoot(page, name + "-come-back-left");
  });
}
