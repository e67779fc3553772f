// SPDX-License-Identifier: AGPL-3.0-or-later
// Builds the two pages: static files only, the same bytes from the same sources every time.
//   node build.mjs [reporter|desk] [--out DIR] [--words FILE] [--pseudo]
// reporter: what candourd serves; desk: what `candour desk` serves. Both if neither is named; --out goes with one of them.
// --out: default dist or dist-desk beside this file; emptied first. --words: the EFF large list, default from Debian's diceware.
// --pseudo: with a language that nobody speaks, for tests of the layout.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const kit = join(here, "node_modules/govuk-frontend/dist/govuk");
const WORDS = 7776;
const WORD_LIST_PLACES = [
  "/usr/lib/python3/dist-packages/diceware/wordlists/wordlist_en_eff.txt",
  "/usr/share/diceware/wordlist_en_eff.txt",
];

function option(name) {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

/** Lines are "11111<TAB>abacus"; the page gets the words only, in the list's order. */
function word_list() {
  const file = option("--words") ?? process.env.CANDOUR_WORDS ?? WORD_LIST_PLACES.find(existsSync);
  if (file === undefined) throw new Error("word list not found. Install Debian's package diceware, or pass --words FILE.");
  const words = readFileSync(file, "utf8").trim().split("\n").map((line) => line.split(/\s+/).at(-1));
  if (words.length !== WORDS || new Set(words).size !== WORDS || !words.every((word) => /^[a-z-]+$/.test(word))) {
    throw new Error(`${file} is not the EFF large word list. Install Debian's package diceware, or pass --words FILE.`);
  }
  return words.join("\n") + "\n";
}

async function scripts(entryPoints) {
  const result = await esbuild.build({
    absWorkingDir: here,
    entryPoints,
    outdir: "/", // names only: nothing is written here
    write: false,
    bundle: true,
    format: "iife",
    target: ["firefox115", "chrome109", "safari16"],
    jsx: "automatic",
    jsxImportSource: "preact",
    minify: true,
    define: { PSEUDO_LANGUAGE: String(process.argv.includes("--pseudo")) },
    legalComments: "none",
    logLevel: "warning",
  });
  return Object.fromEntries(result.outputFiles.map((file) => [file.path.split("/").at(-1), Buffer.from(file.contents)]));
}

/** The kit says left and right; with these it also serves languages that are written from right to left. Its shorthands stay as they are. */
function logical(css) {
  const side = { left: "start", right: "end" };
  return css
    .replace(/(?<=[{;])(padding|margin|border)-(left|right)(?=[:-])/g, (_all, what, where) => `${what}-inline-${side[where]}`)
    .replace(/(?<=[{;])(left|right)(?=:)/g, (where) => `inset-inline-${side[where]}`)
    .replace(/(?<=[{;]text-align:)(left|right)/g, (where) => side[where])
    .replace(/(?<=[{;])float:(left|right)/g, (all, where) => `${all};float:inline-${side[where]}`); // older Chromium knows the first alone
}

function style(source) {
  const importer = { findFileUrl: (url) => (url.startsWith("pkg:") ? pathToFileURL(join(kit, url.slice(4))) : null) };
  const { css } = sass.compile(join(here, source), { style: "compressed", importers: [importer], quietDeps: true, charset: false });
  if (css.includes("url(")) throw new Error("the style would load something: it must not");
  return Buffer.from(logical(css) + "\n");
}

function files_in(folder) {
  return Object.fromEntries(readdirSync(join(here, folder)).map((name) => [name, readFileSync(join(here, folder, name))]));
}

const PAGES = {
  reporter: {
    out: "dist",
    files: async () => ({
      ...(await scripts({ app: "src/app.tsx", worker: "src/worker.ts", check_in_worker: "src/check_in_worker.ts", leave: "src/leave.ts" })),
      "style.css": style("src/style/style.scss"),
      "words.txt": Buffer.from(word_list()),
      ...files_in("static"),
    }),
    vouch: add_manifests,
  },
  desk: {
    out: "dist-desk",
    files: async () => ({
      ...(await scripts({ desk: "desk/app.tsx" })),
      "desk.css": style("desk/style/desk.scss"),
      "icon.svg": readFileSync(join(here, "static/icon.svg")),
      ...files_in("desk/static"),
    }),
    vouch: () => {}, // it is installed with the tool, and vouched for as the tool is
  },
};

/** Hashes of all files, for whoever serves or audits the page. */
function add_manifests(files, out) {
  const names = Object.keys(files).sort();
  const sha256 = (name, encoding) => createHash("sha256").update(files[name]).digest(encoding);
  const sums = names.map((name) => sha256(name, "hex") + "  " + name + "\n").join("");
  writeFileSync(join(out, "sha256sums.txt"), sums); // sha256sum -c sha256sums.txt

  // What WEBCAT asks for, unsigned: signing is the organisation's (docs/operations/watch.md). The same files and hashes as in sha256sums.txt.
  const manifest = {
    app: "candour",
    version: /^project\(candour VERSION ([0-9.]+)/m.exec(readFileSync(join(here, "../CMakeLists.txt"), "utf8"))[1],
    default_csp: readFileSync(join(here, "../protocol/site/content_security_policy.txt"), "utf8").trim(),
    extra_csp: {},
    default_index: "index.html",
    default_fallback: "/index.html",
    files: Object.fromEntries(names.map((name) => ["/" + name, sha256(name, "base64url")])),
    wasm: [],
  };
  mkdirSync(join(out, ".well-known/webcat"), { recursive: true });
  writeFileSync(join(out, ".well-known/webcat/manifest.json"), JSON.stringify({ manifest, signatures: {} }, null, 1) + "\n");
}

async function build(page, out) {
  const files = await page.files();
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  let total = 0;
  for (const name of Object.keys(files).sort()) {
    writeFileSync(join(out, name), files[name]);
    const bytes = gzipSync(files[name], { level: 9 }).length;
    total += bytes;
    console.log(`${name.padEnd(12)} ${files[name].length.toString().padStart(8)} bytes ${bytes.toString().padStart(7)} gzipped`);
  }
  page.vouch(files, out);
  console.log(`${"total".padEnd(12)} ${"".padStart(14)} ${total.toString().padStart(7)} gzipped -> ${out}`);
}

const named = PAGES[process.argv[2]];
const wanted_out = option("--out");
const pages = named !== undefined ? [named] : wanted_out !== undefined ? [PAGES.reporter] : Object.values(PAGES);
for (const page of pages) await build(page, resolve(wanted_out ?? join(here, page.out)));
