// SPDX-License-Identifier: AGPL-3.0-or-later
// extract_cctv.mjs NAMES FOLDER: writes the C2SP CCTV age vectors of the npm package cctv-age to a folder, a file each,
// decompressed, so that the C++ tests need no zlib. Fails unless the package holds exactly the names in the list.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import * as vectors from "cctv-age";

const [names, folder] = process.argv.slice(2);
const listed = readFileSync(names, "utf8").trim().split("\n");
const found = Object.keys(vectors).filter((name) => vectors[name] instanceof Uint8Array).sort();
if (listed.join() !== found.join()) {
  throw new Error(`the package holds ${found.length} vectors, the list ${listed.length}: they must be the same`);
}
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const name of found) {
  const vector = Buffer.from(vectors[name]);
  const end = vector.indexOf("\n\n") + 2;
  const head = vector.subarray(0, end);
  const file = vector.subarray(end);
  const compressed = head.toString().includes("\ncompressed: zlib\n");
  writeFileSync(join(folder, name), Buffer.concat([head, compressed ? inflateSync(file) : file]));
}
