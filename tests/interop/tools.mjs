// SPDX-License-Identifier: AGPL-3.0-or-later
// What the interoperability tests share: our side (a driver), files, and content of awkward sizes.
import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

if (!process.env.DRIVER) throw new Error("DRIVER must name the program that is our side: age_driver, voprf_driver");

const folder = mkdtempSync(join(tmpdir(), "interop-"));
after(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
export const path = (name) => join(folder, `${++files}-${name}`);
export const write = (name, content) => {
  const file = path(name);
  writeFileSync(file, content, { mode: 0o600 });
  return file;
};

export const run = (program, args, input = "") =>
  execFileSync(program, args, { input, maxBuffer: 1 << 26, stdio: ["pipe", "pipe", "pipe"] });
export const ours = (...args) => {
  const input = args.at(-1) instanceof Uint8Array ? args.pop() : "";
  return run(process.env.DRIVER, args.map(String), input);
};
export const lines = (bytes) => bytes.toString().trim().split("\n");

// Empty, tiny, and around the chunk size of 64 KiB.
export const contents = [0, 1, 65535, 65536, 65537, 131072, 1_000_003].map((size) => randomBytes(size));
export const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
