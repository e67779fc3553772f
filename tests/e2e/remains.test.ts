// SPDX-License-Identifier: AGPL-3.0-or-later
// Nothing remains: after a whole visit with the browser's defaults (history, cache and session restore are on), no file of the profile
// on disk holds what was typed, the codename, or an attachment's name or content; as UTF-8, UTF-16, or inside what the browser compressed.

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import { en } from "../../client-web/src/words/en";
import { BROWSERS, open_browser, open_page, press, walked } from "./browser";
import { start_site, type Site } from "./server";
import { add_files, to_check, to_files, until_sent } from "./walk";

const CONTROL = "Obelisk-Marzipan-559"; // in the page's address of a second visit: history must hold it, so that a blind search shows
const CONTENT = "Wombat-Ferris-204 ";
const FILE_NAME = "Kumquat-Ledger.txt";
const TYPED = ["Xylophon-Zebra-7731", "Quaxington", "He has a key."];

let site: Site;
before(async () => {
  site = await start_site();
});
after(() => site.stop());

/** LZ4 blocks, as Firefox keeps sessions in: "mozLz40\0", the length, one block. */
function lz4_block(data: Buffer): Buffer {
  const out: number[] = [];
  let at = 0;
  const length = (first: number): number => {
    let all = first;
    for (let more = first === 15 ? 255 : 0; more === 255; all += more) more = data[at++] ?? 0;
    return all;
  };
  while (at < data.length) {
    const token = data[at++] ?? 0;
    const literals = length(token >> 4);
    for (let i = 0; i < literals; i += 1) out.push(data[at++] ?? 0);
    if (at >= data.length) break;
    const back = (data[at] ?? 0) | ((data[at + 1] ?? 0) << 8);
    at += 2;
    const copied = length(token & 15) + 4;
    for (let i = 0; i < copied; i += 1) out.push(out[out.length - back] ?? 0);
  }
  return Buffer.from(out);
}

/** The bytes of a file, and what is in them where it is compressed in a way that can be undone from its beginning. */
function layers(bytes: Buffer): readonly Buffer[] {
  const found = [bytes];
  if (bytes.subarray(0, 8).toString("latin1") === "mozLz40\0") found.push(lz4_block(bytes.subarray(12)));
  for (const undo of [gunzipSync, inflateSync, brotliDecompressSync]) {
    try {
      found.push(undo(bytes));
    } catch {
      continue; // it is not compressed so
    }
  }
  return found;
}

function files_under(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files_under(path) : entry.isFile() && existsSync(path) ? [path] : [];
  });
}

/** As base64 holds it at each of the three places where it can begin; without the ends, which depend on what is beside it. */
function base64_shapes(text: string): Buffer[] {
  return [0, 1, 2].map((before) => Buffer.from(Buffer.concat([Buffer.alloc(before), Buffer.from(text)]).toString("base64").slice(before === 0 ? 0 : 4).replace(/.{2}=*$/, "")));
}

/** "file: what": where a text is found in the profile, in any of its shapes. */
function traces(profile: string, texts: readonly string[]): string[] {
  const shapes = texts.flatMap((text) => [...new Set([text, text.toLowerCase()])].flatMap((one) =>
    [Buffer.from(one, "utf8"), Buffer.from(one, "utf16le"), Buffer.from(encodeURIComponent(one)), ...base64_shapes(one)].map((bytes) => ({ text, bytes }))));
  const found = files_under(profile).flatMap((path) => layers(readFileSync(path)).flatMap((bytes) =>
    shapes.filter((shape) => bytes.includes(shape.bytes)).map((shape) => path.slice(profile.length) + ": " + shape.text)));
  return [...new Set(found)].sort();
}

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
        codename = await to_check(page, null);
        await press(page, en.check.button);
        const code = await until_sent(page);
        assert.equal(code.length, 19);
        await new Promise((resolve) => setTimeout(resolve, 16_500)); // Firefox writes its session every 15 seconds
        await page.goto(site.address + "/?" + CONTROL).catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, 3_000));
      } finally {
        await browser.close();
      }
      const bytes = files_under(profile).reduce((sum, path) => sum + statSync(path).size, 0);
      t.diagnostic(`${files_under(profile).length} files, ${(bytes / 1e6).toFixed(1)} MB searched`);
      assert.notDeepEqual(traces(profile, [CONTROL]), [], "what must be found is found: the search sees this profile");
      const words = codename.split(" ");
      const phrases = [codename, words.slice(0, 4).join(" "), words.slice(4).join(" "), words.join("\0"), words.slice(0, 3).join(" ")];
      assert.deepEqual(traces(profile, [...TYPED, ...phrases, FILE_NAME, CONTENT.trim()]), []);
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
