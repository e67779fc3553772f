// SPDX-License-Identifier: AGPL-3.0-or-later
// Matches at the desk page: what is held is no fault, what to be careful of comes first, and an author's words only after a second question.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import type { Page } from "puppeteer-core";
import { say } from "../../client-web/desk/words";
import { FARTHEST_BROWSERS, press, until, until_heading, walked } from "./browser";
import { PASSPHRASE, write_key_file } from "./desk";
import { good_view, left_in, open_case, text_of, unlock, with_desk } from "./desk_walk";
import { matching_setup } from "./organisation";
import { bin, start_site, type Site } from "./server";
import { says } from "./walk";

const words = say.matches;
const CONTACT = "Ring 000. Heron-Lantern-5.";
const run = promisify(execFile);
const helper = process.env["HELD_REPORT"] ?? join(bin, "../tests/flow/held_report");

let site: Site;
before(async () => {
  site = await start_site(undefined, matching_setup((await run(helper, ["--public-key"])).stdout.trim()));
  await send("ann", "--hold", "2", "--contact", CONTACT);
  await send("bea", "--hold", "2");
  await send("gil");
});
after(async () => site.stop());

/** By this author, about the same man; its companion is put by Bo's hand. */
async function send(who: string, ...options: readonly string[]): Promise<void> {
  const key = await write_key_file(site, "bo");
  await run(helper, ["--reporter", site.address, "--server", site.desk_address, "--pin", join(site.folder, "root.pin"), "--key", key,
    "--codename-file", join(site.folder, who), "--name", "brindle", "--text", "Sent by " + who, ...options],
  { env: { ...process.env, CANDOUR_PASSPHRASE_FILE: await passphrase_file(), XDG_STATE_HOME: join(site.folder, "state-helper") } });
}

async function passphrase_file(): Promise<string> {
  const path = join(site.folder, "passphrase");
  await writeFile(path, PASSPHRASE + "\n");
  return path;
}

const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? "");

for (const name of walked(FARTHEST_BROWSERS)) {
  test("what is held, what matches, and an author's words: " + name, { timeout: 600_000 }, async () => {
    await with_desk(site, name, "ada", {}, async (page) => {
      await unlock(page);
      await says(page, words.held(1));
      await says(page, say.inbox.shown(2, 2));
      assert.ok(!(await text_of(page)).includes("cannot be opened"), "what is held is no fault");
      await good_view(page, name, "matches-inbox");

      await press(page, words.link(1));
      await until_heading(page, words.title);
      await says(page, words.match(1, 3));
      const text = await text_of(page);
      assert.ok(text.indexOf("unverified lead") > 0 && text.indexOf("unverified lead") < text.indexOf(words.match(1, 3)), "the warning first");
      for (const state of ["sent", "opened", "asks_first"]) assert.ok(text.includes(words.states[state] ?? ""), state);
      assert.ok(!(await left_in(page)).includes("Heron"));
      await good_view(page, name, "matches");

      // Thought better of, and then asked for.
      await press(page, words.contact);
      await until(page, (title: string) => document.activeElement?.textContent?.includes(title) === true, {}, words.contact_title);
      await good_view(page, name, "matches-sure");
      await press(page, words.contact_no);
      await until(page, (label: string) => document.activeElement?.textContent === label, {}, words.contact);
      assert.ok(!(await left_in(page)).includes("Heron"));
      await press(page, words.contact);
      await press(page, words.contact_yes);
      await says(page, CONTACT);
      assert.ok((await focused(page)).includes(CONTACT));
      await good_view(page, name, "matches-contact");

      // They are gone with the view; a case that is part of it says so.
      await press(page, words.back);
      await until_heading(page, say.inbox.title);
      assert.ok(!(await left_in(page)).includes("Heron"));
      await open_case(page, say.inbox.names_nobody);
      await says(page, say.conflict.go_on);
      await press(page, say.conflict.go_on);
      await says(page, words.remark);
      await press(page, words.remark_link);
      await until_heading(page, words.title);
    });
  });
}
