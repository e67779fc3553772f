// SPDX-License-Identifier: AGPL-3.0-or-later
// The caseworkers' page against a real `candour desk` and a real candourd: the way in, the lock, the list, a case from the question
// whether she knows the accused to reply and note; and what a hostile reporter may send.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Page } from "puppeteer-core";
import { say } from "../../client-web/desk/words";
import { DESKTOP, heading, open_page, press, shoot, type, until, until_heading, walked } from "./browser";
import { assert_nothing_kept } from "./checks";
import { write_key_file } from "./desk";
import { publish_desk_form, read_messages, send_report, start_desk } from "./desk_tool";
import { good_view, left_in, open_case, text_of, unlock, with_desk } from "./desk_walk";
import { start_site, type Site } from "./server";
import { pass_time, says } from "./walk";

const HOSTILE = "<script>window.pwned = 1</script><img src=x onerror=\"window.pwned = 1\"><b onclick=alert(1)>bold</b>";
const STORY = "He reads my messages at work.\n\nXylophon-Zebra-7731 " + HOSTILE + "\n\u202eoverridden";
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==";

let site: Site;
before(async () => {
  site = await start_site();
  await publish_desk_form(site);
});
after(async () => site.stop());

function hostile_files(): string[] {
  const files: Record<string, string | Buffer> = {
    "picture.png": Buffer.from(PNG, "base64"),
    "words.txt": "<script>top.pwned = 1; parent.document.title = 'pwned'</script>\ncome home\n",
    "drawing.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"top.pwned = 1\"><script>top.pwned = 1</script></svg>\u0000",
    "page.html": "\u0000<html><body onload=\"top.pwned = 1\"><form action=\"/api/lock\" method=\"post\"></form></body></html>",
    "letter\u202efdp.exe": "MZ\u0000\u0001",
  };
  return Object.entries(files).map(([name, content]) => {
    const path = join(site.folder, name);
    writeFileSync(path, content);
    return path;
  });
}

const pwned = (page: Page): Promise<unknown> => page.evaluate(() => (window as unknown as { pwned?: number }).pwned ?? document.title);

for (const name of walked(["chromium", "firefox"])) {
  test("a case from the way in to the lock, " + name, { timeout: 240_000 }, async () => {
    const accused = "Quax-" + name;
    const { report, codename } = await send_report(site, {
      safe: "no", danger: "He has a key.", what_happened: STORY, surname: accused + " \u202egnp " + HOSTILE.slice(0, 60), contact: "yes", contact_when: "Weekdays from 10 to 14", access_needs: "Short messages",
    }, hostile_files());
    await with_desk(site, name, "ada", {}, async (page, tool, browser, asked) => {
      let dialogs = 0;
      page.on("dialog", (dialog) => {
        dialogs += 1;
        void dialog.dismiss();
      });
      // The way in leaves the address at once, and is good once.
      await until_heading(page, say.unlock.title);
      assert.equal(await page.evaluate(() => location.href), tool.way().replace(/#.*/, ""));
      await good_view(page, name, "desk-unlock");
      const other = (await open_page(browser, tool.way(), DESKTOP)).page;
      await until_heading(other, say.outside.refused.title);
      await good_view(other, name, "desk-outside");
      await other.close();

      // A wrong passphrase: words, and an empty field.
      await type(page, "passphrase", "wrong horse battery staple");
      await press(page, say.unlock.button);
      await until(page, () => document.querySelector(".govuk-error-summary") !== null, { timeout: 60_000 });
      assert.equal(await page.$eval("#passphrase", (field) => (field as HTMLInputElement).value), "");
      await good_view(page, name, "desk-refused");
      await unlock(page);
      await until(page, () => document.querySelectorAll("[role=option]").length > 0);

      // The list: the row says who, unread and danger, and hides nothing.
      await says(page, accused + " \\u{202e}gnp <script>");
      const row = await page.evaluate((who: string) => [...document.querySelectorAll("[role=option]")].find((one) => one.textContent?.includes(who))?.textContent ?? "", accused);
      assert.ok(row.includes(say.inbox.unread_tag) && row.includes(say.inbox.danger_tag), row);
      await good_view(page, name, "desk-inbox");
      await type(page, "search", accused.toUpperCase());
      await press(page, say.inbox.search_button);
      await until(page, () => document.querySelectorAll("[role=option]").length === 1);
      await page.keyboard.type("lr"); // letters are words here
      assert.equal(await page.$eval("#search", (field) => (field as HTMLInputElement).value), accused.toUpperCase() + "lr");
      await press(page, say.inbox.clear);
      await page.evaluate(() => (document.activeElement as HTMLElement).blur());
      await page.keyboard.press("?");
      await until(page, () => document.querySelector("dialog#help[open]") !== null);
      await good_view(page, name, "desk-help");
      await page.keyboard.press("Escape");

      // First the question: nothing of the story is in the page.
      await open_case(page, accused);
      await until_heading(page, say.conflict.title);
      const asks = await text_of(page);
      assert.ok(asks.includes(accused) && asks.includes("Ada, Sam") && asks.includes(say.conflict.danger), asks);
      assert.ok(!asks.includes("Xylophon") && !asks.includes(say.case.story));
      await good_view(page, name, "desk-conflict");
      await press(page, say.conflict.recuse);
      await until_heading(page, say.conflict.sure_title);
      await good_view(page, name, "desk-recuse");
      await press(page, say.conflict.sure_no);
      await until_heading(page, say.conflict.title);
      await press(page, say.conflict.go_on);
      await says(page, say.account.logged);
      assert.ok((await text_of(page)).includes(say.reply.first), "no reply before it is read");
      await good_view(page, name, "desk-case");

      // The account: text as it was written, with what is hidden made visible.
      await press(page, say.account.open);
      await says(page, "Xylophon-Zebra-7731 " + HOSTILE);
      const account = await text_of(page);
      for (const shown of ["\\u{202e}overridden", "letter\\u{202e}fdp.exe", "Are you safe now?", "Weekdays from 10 to 14"]) assert.ok(account.includes(shown), shown);
      assert.equal(await page.evaluate(() => document.querySelectorAll(".account script, .account img, .account b, .answers form, .facts form").length), 0);
      await says(page, "read: first account");
      await good_view(page, name, "desk-account");

      // Files: a picture and text on demand, in frames that may do nothing; the rest is saved.
      assert.equal((await page.$$("iframe")).length, 0);
      assert.equal(await page.evaluate((words: string) => [...document.querySelectorAll(".files__item")].filter((one) => one.textContent?.includes(words)).length, say.files.not_shown), 3);
      await press(page, say.files.show_image);
      await until(page, () => document.querySelectorAll("iframe").length === 1);
      await press(page, say.files.show_text);
      await until(page, () => document.querySelectorAll("iframe").length === 2);
      assert.deepEqual(await page.$$eval("iframe", (frames) => frames.map((frame) => [frame.getAttribute("sandbox"), /^\/view\/[0-9a-f]{64}$/.test(frame.getAttribute("src") ?? ""), frame.contentDocument])), [["", true, null], ["", true, null]]);
      await shoot(page, name + "-desk-frames");
      if (name === "chromium") {
        const devtools = await page.createCDPSession();
        await devtools.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: site.folder });
        const texts: string[] = [];
        for (let i = 0; i < 100 && !texts.some((text) => text.includes("come home")); i += 1) {
          await new Promise((resolve) => setTimeout(resolve, 50));
          texts.length = 0;
          for (const frame of page.frames()) texts.push(await frame.evaluate(() => document.body.innerText).catch(() => ""));
        }
        assert.ok(texts.some((text) => text.includes("<script>top.pwned") && text.includes("come home")), "the text is shown as text");
        await press(page, say.files.download, 9); // each file has a summary and in it a button of the same words
        await until(page, (words: string) => [...document.querySelectorAll(".done")].some((one) => one.textContent?.startsWith(words)), {}, "Saved as ");
      }

      // An answer: what she said of contact above it; nothing typed is lost; read once more before it goes.
      await page.evaluate(() => (document.activeElement as HTMLElement).blur());
      await page.keyboard.press("r");
      assert.equal(await page.evaluate(() => document.activeElement?.id), "reply-words");
      assert.ok((await page.$eval(".contact", (part) => (part as HTMLElement).innerText)).includes("Weekdays from 10 to 14"));
      await page.select("#canned", say.canned[2]?.name ?? "");
      await press(page, say.reply.canned_button);
      await until(page, () => (document.getElementById("reply-words") as HTMLTextAreaElement).value !== "");
      await type(page, "reply-words", " Take your time.");
      await press(page, say.reply.check);
      await says(page, say.reply.check_title);
      await good_view(page, name, "desk-reply");
      await press(page, say.reply.send);
      await says(page, "Nobody but her can read it again");

      // A note, and changes; each is in the story.
      await type(page, "note-words", "Kumquat-Note-1 " + HOSTILE);
      await page.$eval("#privileged", (box) => (box as HTMLInputElement).click());
      await press(page, say.note.save);
      await says(page, say.note.saved);
      await says(page, "Kumquat-Note-1 " + HOSTILE);
      await page.select("#change-status", "working");
      await page.select("#change-risk", "high");
      await page.select("#change-lead", "ada");
      await press(page, say.changes.save);
      await says(page, "leads from here on");
      await type(page, "label", "housing");
      await press(page, say.changes.add_label);
      await says(page, "put on the label housing");
      await press(page, say.keeping.hold);
      await says(page, say.keeping.held("Ada"));
      // What she wants; telling somebody outside, to which she cannot agree herself; a file under lock is gone from the page.
      await type(page, "consent-to", "housing " + HOSTILE.slice(0, 40));
      await page.select("#consent-answer", "no");
      await press(page, say.casework.save);
      await says(page, say.casework.answers["no"] ?? "");
      await page.$$eval("#casework details", (all) => { for (const one of all) (one as HTMLDetailsElement).open = true; });
      for (const [part, words] of [["to", "A shelter"], ["what", "A room tonight"], ["reason", "He has a key"]] as const) await type(page, "propose-" + part, words);
      await press(page, say.casework.propose_button);
      await says(page, say.casework.all_four);
      await type(page, "propose-route", "By phone");
      await press(page, say.casework.propose_button);
      await says(page, say.casework.wait);
      assert.ok(!(await page.$eval("#casework", (part) => (part as HTMLElement).innerText)).includes(say.casework.agree + "\n"));
      await page.$$eval(".files__item details", (all) => { for (const one of all) (one as HTMLDetailsElement).open = true; });
      const lock = (await page.$$eval(".files__item input[id^=lock-]", (all) => all.map((one) => one.id)))[1] ?? "";
      await type(page, lock, "Perhaps a police record");
      await page.$eval("#" + lock, (field) => (field as HTMLInputElement).form?.requestSubmit());
      await says(page, say.quarantine.locked("Perhaps a police record"));
      assert.equal((await page.$$("iframe")).length, 1, "the text that was shown is under lock");
      assert.equal(await page.evaluate(() => document.querySelectorAll(".story script, .story img").length), 0);
      await good_view(page, name, "desk-changed");

      // What is reported meanwhile belongs to the case; the browser's Back leads to the list.
      await page.goBack().catch(() => undefined);
      await until_heading(page, say.inbox.title);
      await send_report(site, { what_happened: "More of it. Wombat-Ferris-204." }, [], codename);
      await press(page, say.bar.refresh);
      await until(page, (who: string) => [...document.querySelectorAll("[role=option]")].some((one) => one.textContent?.includes(who) && one.textContent.includes("2 accounts")), { timeout: 60_000 }, accused);
      await open_case(page, accused);
      await says(page, say.reply.newer);

      // Nothing ran, nothing was asked of anybody else.
      assert.equal(await pwned(page), say.name);
      assert.equal(dialogs, 0);
      const own = tool.way().replace(/#.*/, "");
      assert.deepEqual(asked.filter((address) => !/^(data|blob):/.test(address) && !address.startsWith(own)), [], "data: pictures of the browser's own fields");
      assert.deepEqual(asked.filter((address) => address.includes(report.slice(0, 8)) && !address.startsWith(own + "api/reports/")), []);

      // The lock: nothing is left.
      await type(page, "note-words", "Unsent-Gherkin-5");
      await press(page, say.bar.lock);
      await until_heading(page, say.unlock.title);
      const left = await left_in(page);
      for (const secret of ["Xylophon", "Quax", "Kumquat", "Gherkin", "Wombat"]) assert.ok(!left.includes(secret), secret);
      await unlock(page);
      await open_case(page, accused);
      await says(page, "Kumquat-Note-1");
      assert.ok(!(await left_in(page)).includes("Xylophon"), "an account is opened anew");

      // Loaded again, it has let go of everything, and the tool is locked.
      await page.reload();
      await until_heading(page, say.outside["no-way"].title);
      await page.goto(await tool.press_enter());
      await until_heading(page, say.unlock.title);
      await assert_nothing_kept(page);
    });
    // She was told once that it was opened, and has the answer.
    await site.restart();
    const messages = (await read_messages(site, codename)).map(({ kind, text }) => [kind, text]).sort();
    assert.deepEqual(messages, [["message", (say.canned[2]?.text ?? "") + " Take your time."], ["opened", ""]]);
  });

  test("who recuses herself reads no more of it; idle, it locks by itself; without the tool it lets go, " + name, { timeout: 180_000 }, async () => {
    const accused = "Recuse-" + name;
    await send_report(site, { what_happened: "Tangerine-Otter-12", surname: accused });
    const key = await write_key_file(site, "sam");
    await with_desk(site, name, "sam", { key: false, idle_minutes: 1 }, async (page, tool, browser) => {
      // The key file from a stick.
      await until_heading(page, say.unlock.title);
      await press(page, say.unlock.button);
      await says(page, say.unlock.no_file);
      const input = await page.$("input#key-file");
      await (input as unknown as { uploadFile(...paths: string[]): Promise<void> }).uploadFile(key);
      await unlock(page);
      await open_case(page, accused);
      await until_heading(page, say.conflict.title);
      await press(page, say.conflict.recuse);
      await until_heading(page, say.conflict.sure_title);
      await press(page, say.conflict.sure_yes);
      await says(page, say.conflict.done);
      assert.ok(!(await text_of(page)).includes(say.account.open));
      await press(page, say.case.back);
      await until_heading(page, say.inbox.title);

      // Entered elsewhere: here it ends.
      const second = (await open_page(browser, await tool.press_enter(), DESKTOP)).page;
      await until_heading(second, say.inbox.title);
      await until_heading(page, say.outside.left.title, 30_000);
      assert.ok(!(await left_in(page)).includes("Recuse-"));
      await page.close();

      // Idle: a question, then the lock.
      await pass_time(second, 40);
      await until(second, () => document.querySelector("dialog.still-here[open]") !== null);
      await press(second, say.idle.stay);
      await until(second, () => document.querySelector("dialog.still-here") === null);
      await pass_time(second, 61);
      await until_heading(second, say.unlock.title);
      await says(second, say.unlock.idle);
      assert.ok(!(await left_in(second)).includes("Recuse-"));

      // The tool ends: so does the page.
      const again = (await second.$("input#key-file"))!;
      await (again as unknown as { uploadFile(...paths: string[]): Promise<void> }).uploadFile(key);
      await unlock(second);
      await tool.stop();
      await until_heading(second, say.outside.ended.title, 30_000);
      assert.ok(!(await left_in(second)).includes("Recuse-"));
      assert.equal(await heading(second), say.outside.ended.title);
    });
  });
}

test("the page is the one that was built", async () => {
  const tool = await start_desk(site, "ada");
  const address = tool.way().replace(/#.*/, "");
  const folder = process.env["CANDOUR_DESK_PAGES"] ?? join(process.env["CANDOUR_ROOT"] ?? ".", "client-web/dist-desk");
  for (const file of ["index.html", "desk.js", "desk.css", "icon.svg"]) {
    const answer = await fetch(address + (file === "index.html" ? "" : file));
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), readFileSync(join(folder, file)), file);
    const policy = answer.headers.get("Content-Security-Policy") ?? "";
    for (const part of ["default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'", "trusted-types 'none'", "form-action 'none'"]) assert.ok(policy.includes(part), policy);
  }
  await tool.stop();
});
