// SPDX-License-Identifier: AGPL-3.0-or-later
// What is built: the same bytes every time, small, from no other origin, nothing inline.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { NEUTRAL_SITE } from "../../../client-web/src/neutral_site";

const GZIPPED_BYTES_MAX = 150_000;
const folders = [1, 2].map(() => mkdtempSync(join(tmpdir(), "candour-build-")));
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
for (const folder of folders) {
  const result = spawnSync(process.execPath, ["build.mjs", "--out", folder], { cwd: join(process.env["CANDOUR_ROOT"] ?? ".", "client-web"), encoding: "utf8" });
  assert.equal(result.status, 0, result.stderr);
}
const files = (folder: string): Map<string, Buffer> =>
  new Map(readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name))).sort().map((name) => [name, readFileSync(join(folder, name))]));
const [one, two] = folders.map(files);
assert.ok(one !== undefined && two !== undefined);

test("two builds are byte for byte alike, and the hash manifest holds", () => {
  assert.deepEqual([...one.keys()], [...two.keys()]);
  for (const [name, bytes] of one) assert.ok(two.get(name)?.equals(bytes), name);
  const checked = spawnSync("sha256sum", ["-c", "--strict", "sha256sums.txt"], { cwd: folders[0], encoding: "utf8" });
  assert.equal(checked.status, 0, checked.stdout);
  const listed = [...one.keys()].filter((name) => name !== "sha256sums.txt" && !name.startsWith(".well-known/"));
  assert.equal(checked.stdout.trim().split("\n").length, listed.length, "every file but the manifests themselves is listed");
});

test("the whole page is at most 150 kB gzipped", (t) => {
  const bytes = [...one.values()].reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0);
  t.diagnostic(bytes + " bytes gzipped");
  assert.ok(bytes <= GZIPPED_BYTES_MAX);
});

test("nothing inline, no storage, no other origin but the neutral site", () => {
  const text = (name: string): string => one.get(name)?.toString() ?? "";
  for (const name of ["index.html", "leave.html"]) {
    assert.ok(!/<script(?![^>]*\bsrc=)|<style|\son[a-z]+=|\sstyle=/i.test(text(name)), name);
  }
  for (const [name, bytes] of one) {
    const addresses = bytes.toString().match(/https?:\/\/[^\s"'`)<>\\]+/g) ?? [];
    const others = addresses.filter((address) => address !== NEUTRAL_SITE && !address.startsWith("http://www.w3.org/"));
    assert.deepEqual(others, [], name);
  }
  for (const name of ["app.js", "worker.js", "check_in_worker.js"]) {
    assert.ok(!/localStorage|sessionStorage|indexedDB|document\.cookie|serviceWorker|WebAssembly|\beval\(|new Function\b/.test(text(name)), name);
  }
});
