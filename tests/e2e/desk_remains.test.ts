// SPDX-License-Identifier: AGPL-3.0-or-later
// Nothing of a case remains in the browser of a caseworker: after she has worked at her desk, with the browser's defaults, no file of its profile on disk
// holds what she read, typed or searched for, nor her passphrase.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { say } from "../../client-web/desk/words";
import { BROWSERS, DESKTOP, open_browser, open_page, press, type, until, until_heading, walked } from "./browser";
import { PASSPHRASE } from "./desk";
import { publish_desk_form, send_report, start_desk } from "./desk_tool";
import { open_case, unlock } from "./desk_walk";
import { start_site, type Site } from "./server";
import { assert_no_traces, leave_to, until_session_is_kept } from "./traces";
import { says } from "./walk";

const ACCUSED = "Quaxington";
const STORY = "Xylophon-Zebra-7731";
const FILE_NAME = "Kumquat-Ledger.txt";
const CONTENT = "Wombat-Ferris-204 ";
const SEARCHED = "Persimmon-Gantry";
const NOTE = "Tamarisk-Viaduct-88 said on the phone.";
const ANSWER = "Halcyon-Bracket-31: when is it safe to write?";

let site: Site;
before(async () => {
  site = await start_site();
  await publish_desk_form(site);
});
after(() => site.stop());

for (const name of walked(BROWSERS)) {
  test("the profile on disk holds no word of a case: " + name, { timeout: 240_000 }, async (t) => {
    const attachment = join(site.folder, FILE_NAME);
    writeFileSync(attachment, CONTENT.repeat(5000));
    const accused = ACCUSED + "-" + name;
    await send_report(site, { safe: "no", danger: "He has a key.", what_happened: STORY, surname: accused, contact: "yes", contact_when: "Mornings" }, [attachment]);
    const profile = mkdtempSync(join(tmpdir(), "candour-profile-"));
    const tool = await start_desk(site, "ada", { state: "ada-" + name });
    try {
      const browser = await open_browser(name, {}, [], profile);
      try {
        const { page } = await open_page(browser, tool.way(), DESKTOP);
        await unlock(page);
        await type(page, "search", SEARCHED);
        await press(page, say.inbox.search_button);
        await until(page, () => document.querySelectorAll("[role=option]").length === 0);
        await press(page, say.inbox.clear);
        await open_case(page, accused);
        await until_heading(page, say.conflict.title);
        await press(page, say.conflict.go_on);
        await says(page, say.account.logged);
        await press(page, say.account.open);
        await says(page, STORY);
        await press(page, say.files.show_text);
        await until(page, () => document.querySelectorAll("iframe").length === 1);
        await type(page, "note-words", NOTE);
        await press(page, say.note.save);
        await says(page, NOTE);
        await type(page, "reply-words", ANSWER);
        await until_session_is_kept();
        await press(page, say.bar.lock);
        await leave_to(page, site.address);
      } finally {
        await browser.close();
      }
      assert_no_traces(t, profile, [PASSPHRASE, ACCUSED, STORY, FILE_NAME, CONTENT.trim(), SEARCHED, NOTE, ANSWER]);
    } finally {
      await tool.stop();
      rmSync(profile, { recursive: true, force: true });
    }
  });
}
