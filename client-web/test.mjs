// SPDX-License-Identifier: AGPL-3.0-or-later
// Runs the TypeScript tests with node's own runner: node test.mjs unit|e2e|onion [FILE…]
// Each test file is bundled by esbuild into .test/ first; npm packages stay outside the bundle.

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { cpus } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const [kind, ...wanted] = process.argv.slice(2);
const folder = { unit: join(here, "../tests/unit/client-web"), e2e: join(here, "../tests/e2e"), onion: join(here, "../tests/e2e/onion") }[kind];
if (folder === undefined) {
  console.error("usage: node test.mjs unit|e2e|onion [FILE…]");
  process.exit(2);
}
const found = readdirSync(folder).filter((name) => name.endsWith(".test.ts"));
const tests = found.filter((name) => wanted.length === 0 || wanted.some((file) => basename(file) === name)).sort();
if (tests.length === 0) {
  console.error("no such test. Name files of " + folder);
  process.exit(2);
}

const out = join(here, ".test", kind);
rmSync(out, { recursive: true, force: true });
await esbuild.build({
  entryPoints: tests.map((name) => join(folder, name)),
  outdir: out,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node18",
  packages: "external",
  sourcemap: "inline",
  define: { PSEUDO_LANGUAGE: "false" },
  logLevel: "warning",
});
// A browser test mostly waits, for the page's slots and for what must not come; but for those that measure, which have the machine to themselves.
const measures = (name) => ["journey.test.ts", "memory.test.ts"].includes(name);
const together = cpus().length * (kind === "e2e" ? 2 : 1);
// Debian 12's Node is too old for some of the packages, and its npm links no commands of optional ones.
const packaged = join(here, `node_modules/node-linux-${process.arch}/bin/node`);
function run(names, concurrency) {
  if (names.length === 0) return true;
  const options = ["--enable-source-maps", "--test", "--test-reporter=tap", `--test-concurrency=${concurrency}`];
  const files = names.map((name) => join(out, name.replace(/\.ts$/, ".mjs")));
  const { status } = spawnSync(existsSync(packaged) ? packaged : process.execPath, [...options, ...files], { stdio: "inherit", env: { ...process.env, CANDOUR_ROOT: join(here, "..") } });
  return status === 0;
}
const alone = run(tests.filter(measures), 1);
const rest = run(tests.filter((name) => !measures(name)), together);
process.exit(alone && rest ? 0 : 1);
