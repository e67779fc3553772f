// SPDX-License-Identifier: AGPL-3.0-or-later
// A search through a browser's profile on disk: as UTF-8, UTF-16, base64, or inside what the browser compressed.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import type { Page } from "puppeteer-core";

/** In an address that is visited at the end: history must hold it, so that a blind search shows. */
export const CONTROL = "Obelisk-Marzipan-559";

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
export function traces(profile: string, texts: readonly string[]): string[] {
  const shapes = texts.flatMap((text) => [...new Set([text, text.toLowerCase()])].flatMap((one) =>
    [Buffer.from(one, "utf8"), Buffer.from(one, "utf16le"), Buffer.from(encodeURIComponent(one)), ...base64_shapes(one)].map((bytes) => ({ text, bytes }))));
  const found = files_under(profile).flatMap((path) => layers(readFileSync(path)).flatMap((bytes) =>
    shapes.filter((shape) => bytes.includes(shape.bytes)).map((shape) => path.slice(profile.length) + ": " + shape.text)));
  return [...new Set(found)].sort();
}

/** Time for Firefox to write its session, as it does every 15 seconds. */
export const until_session_is_kept = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 16_500));

export async function leave_to(page: Page, address: string): Promise<void> {
  await page.goto(address + "/?" + CONTROL).catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 3_000));
}

/** None of these texts is in the profile of a browser that has ended, and what must be there is found. */
export function assert_no_traces(t: TestContext, profile: string, texts: readonly string[]): void {
  const bytes = files_under(profile).reduce((sum, path) => sum + statSync(path).size, 0);
  t.diagnostic(`${files_under(profile).length} files, ${(bytes / 1e6).toFixed(1)} MB searched`);
  assert.notDeepEqual(traces(profile, [CONTROL]), [], "what must be found is found: the search sees this profile");
  assert.deepEqual(traces(profile, texts), []);
}
