// SPDX-License-Identifier: AGPL-3.0-or-later
// Nothing remains: after a whole visit with the browser's defaults (history, cache and session restore are on), no file of the profile
// on disk holds what was typed, the codename, or an attachment's name or content; as UTF-8, UTF-16, or inside what the browser compressed.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { en } from "../../client-web/src/words/en";
import { BROWSERS, open_browser, open_page, press, type, walked } from "./browser";
import { start_site, type Site } from "./server";
import { assert_no_traces, CONTROL, leave_to, traces, until_session_is_kept } from "./traces";
import { add_files, name_by_plate, to_check, to_files, until_sent } from "./walk";

const CONTENT = "Wombat-Ferris-204 ";
const FILE_NAME = "Kumquat-Ledger.txt";
const TYPED = ["Xylophon-Zebra-7731", "Quaxington", "He has a key.", "ab12 cde", "AB12CDE", "Quillfeather"];

let site: Site;
before(async () => {
  site = await start_site();
});
after(() => site.stop());

for (const name of walked(BROWSERS)) {
  test("the profile on disk holds no word of the visit: " + name, { timeout: 200_000 }, async (t) => {
    const profile = mkdtempSync(join(tmpdir(), "candour-profile-"));
    const attachment = join(site.folder, FILE_NAME);
    writeFileSync(attachment, CONTENT.repeat(5000));
    try {
      let codename = "";
      const browser = await open_browser(name, {}, [], profile);
      try {
        const { page } = await open_page(browser, site.address);
        await to_files(page);
        await add_files(page, [attachment]);
        codename = await to_check(page, null, async (view) => {
          if (view !== "naming") return;
          await name_by_plate(page);
          await press(page, en.match.add);
          await page.select("#kind", "name-and-birth-day");
          await type(page, "him-surname", "Quillfeather");
          await page.select("#kind", "");
        });
        await press(page, en.check.button);
        const code = await until_sent(page);
        assert.equal(code.length, 19);
        await until_session_is_kept();
        await leave_to(page, site.address);
      } finally {
        await browser.close();
      }
      const words = codename.split(" ");
      const phrases = [codename, words.slice(0, 4).join(" "), words.slice(4).join(" "), words.join("\0"), words.slice(0, 3).join(" ")];
      assert_no_traces(t, profile, [...TYPED, ...phrases, FILE_NAME, CONTENT.trim()]);
    } finally {
      rmSync(profile, { recursive: true, force: true });
    }
  });
}

test("the search itself: sees UTF-16, LZ4 and base64", () => {
  const folder = mkdtempSync(join(tmpdir(), "candour-search-"));
  const repeated = "abc".repeat(4) + "-the-end";
  writeFileSync(join(folder, "a"), Buffer.from("xx" + CONTROL, "utf16le"));
  writeFileSync(join(folder, "b"), Buffer.from(Buffer.from("x" + CONTROL).toString("base64")));
  // Three literals, nine bytes from three back, eight literals.
  writeFileSync(join(folder, "c"), Buffer.concat([Buffer.from("mozLz40\0"), Buffer.from([20, 0, 0, 0, 0x35]), Buffer.from("abc"), Buffer.from([3, 0, 0x80]), Buffer.from("-the-end")]));
  assert.deepEqual(traces(folder, [CONTROL, repeated]), ["/a: " + CONTROL, "/b: " + CONTROL, "/c: " + repeated]);
  rmSync(folder, { recursive: true, force: true });
});
