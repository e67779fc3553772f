// SPDX-License-Identifier: AGPL-3.0-or-later
// What is built: the same bytes every time, small, from no other origin, nothing inline.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { NEUTRAL_SITE } from "../../../client-web/src/neutral_site";

const GZIPPED_BYTES_MAX = 182_000;
const DESK_GZIPPED_BYTES_MAX = 80_000;
const root = process.env["CANDOUR_ROOT"] ?? ".";
const folders = [1, 2].map(() => mkdtempSync(join(tmpdir(), "candour-build-")));
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** The sources again, at another place: no path may find its way into what is built. */
function copy_of_sources(to: string): string {
  for (const part of ["client-web/src", "client-web/desk", "client-web/static", "client-web/build.mjs", "client-web/package.json", "client-web/tsconfig.json", "protocol", "CMakeLists.txt"]) {
    cpSync(join(root, part), join(to, part), { recursive: true });
  }
  symlinkSync(join(root, "client-web/node_modules"), join(to, "client-web/node_modules"));
  return join(to, "client-web");
}

function build(sources: string, out: string, page = "reporter"): Map<string, Buffer> {
  const result = spawnSync(process.execPath, ["build.mjs", page, "--out", out], { cwd: sources, encoding: "utf8" });
  assert.equal(result.status, 0, result.stderr);
  const names = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => relative(out, join(entry.parentPath, entry.name)));
  return new Map(names.sort().map((name) => [name, readFileSync(join(out, name))]));
}
const [here, there] = folders;
assert.ok(here !== undefined && there !== undefined);
const one = build(join(root, "client-web"), join(here, "out"));
const two = build(copy_of_sources(join(there, "sources")), join(there, "out"));
const MANIFEST = ".well-known/webcat/manifest.json";

test("two builds, from two folders, are byte for byte alike, and the hash manifest holds", () => {
  assert.deepEqual([...one.keys()], [...two.keys()]);
  for (const [name, bytes] of one) assert.ok(two.get(name)?.equals(bytes), name);
  const checked = spawnSync("sha256sum", ["-c", "--strict", "sha256sums.txt"], { cwd: join(here, "out"), encoding: "utf8" });
  assert.equal(checked.status, 0, checked.stdout);
  assert.equal(checked.stdout.trim().split("\n").length, one.size - 2, "every file but the two manifests is listed");
});

test("the WEBCAT manifest says the same as sha256sums.txt, and the server's policy", () => {
  const { manifest, signatures } = JSON.parse(one.get(MANIFEST)?.toString() ?? "") as { manifest: Record<string, unknown> & { files: Record<string, string> }; signatures: object };
  const hashes = Object.entries(manifest.files).map(([path, hash]) => Buffer.from(hash, "base64url").toString("hex") + "  " + path.slice(1) + "\n");
  assert.equal(hashes.join(""), one.get("sha256sums.txt")?.toString());
  assert.deepEqual(signatures, {});
  assert.equal(manifest["default_csp"], readFileSync(join(root, "protocol/site/content_security_policy.txt"), "utf8").trim());
  assert.ok(!String(manifest["default_csp"]).includes(","));
  assert.ok("/" + String(manifest["default_index"]) in manifest.files && String(manifest["default_fallback"]) in manifest.files);
  assert.deepEqual([manifest["extra_csp"], manifest["wasm"]], [{}, []]);
});

test("the whole page is at most 182 kB gzipped", (t) => {
  const bytes = [...one].filter(([name]) => name !== MANIFEST).reduce((sum, [, file]) => sum + gzipSync(file, { level: 9 }).length, 0);
  t.diagnostic(bytes + " bytes gzipped");
  assert.ok(bytes <= GZIPPED_BYTES_MAX);
});

test("nothing inline, no storage, no other origin but the neutral site", () => {
  const text = (name: string): string => one.get(name)?.toString() ?? "";
  for (const name of ["index.html", "leave.html", "plain.html"]) {
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

test("the desk's page: byte for byte alike, small, nothing inline, no storage, no other origin, no words of HTML written", (t) => {
  const desk = build(join(root, "client-web"), join(here, "desk"), "desk");
  const again = build(join(there, "sources/client-web"), join(there, "desk"), "desk");
  assert.deepEqual([...desk.keys()], ["desk.css", "desk.js", "icon.svg", "index.html"]);
  for (const [name, bytes] of desk) assert.ok(again.get(name)?.equals(bytes), name);
  const gzipped = [...desk.values()].reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0);
  t.diagnostic(gzipped + " bytes gzipped");
  assert.ok(gzipped <= DESK_GZIPPED_BYTES_MAX);
  const text = (name: string): string => desk.get(name)?.toString() ?? "";
  assert.ok(!/<script(?![^>]*\bsrc=)|<style|\son[a-z]+=|\sstyle=/i.test(text("index.html")));
  assert.ok(!/localStorage|sessionStorage|indexedDB|document\.cookie|serviceWorker|WebAssembly|\beval\(|new Function\b|insertAdjacentHTML|outerHTML|document\.write|WebSocket|EventSource/.test(text("desk.js")));
  for (const [name, bytes] of desk) {
    const addresses = bytes.toString().match(/https?:\/\/[^\s"'`)<>\\]+/g) ?? [];
    assert.deepEqual(addresses.filter((address) => !address.startsWith("http://www.w3.org/")), [], name);
  }
});
