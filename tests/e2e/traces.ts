// SPDX-License-Identifier: AGPL-3.0-or-later
// A search through a browser's profile on disk: as UTF-8, UTF-16, base64, or inside what the browser compressed.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";

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

export function files_under(folder: string): string[] {
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
