// SPDX-License-Identifier: AGPL-3.0-or-later
// Identifiers of the accused: `candour` and the page make the same of tens of thousands of texts, which are the vectors', taken apart
// and put together otherwise from a seed. (docs/spec/identifiers.md)

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const esbuild = createRequire(join(root, "client-web/package.json"))("esbuild");
const TEXTS = 40_000;
const SEED = 20261126;

/** Numbers from 0 to below `end`, the same from the same seed (mulberry32). */
function numbers(seed) {
  return (end) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let n = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    n = (n + Math.imul(n ^ (n >>> 7), 61 | n)) ^ n;
    return ((n ^ (n >>> 14)) >>> 0) % end;
  };
}

// What the rules tell apart, and what two implementations are likely to see differently.
const PIECES = [
  ..."aZ09.,'-_+@/#?%&=:()<> \t\n\u0085\u00a0\u00ad\u200b\u202e\u2011\u2019\u3000\ufeff\u0301\u0302\u036f\u0370\u007f\u0000éÉßẞıİſKÅŵŷŁǅ\uff21\uff10\uff07\uff5e\uff5f٣а中😀\ud7ff\uffff",
  "O", "0", "I", "1", "00", "+44", "(0)", "353", "44", "PC ", "MP", "A/PS", "Mr ", "D.C. ", "%40", "%2e", "%zz", "%", "https://", "www.", "m.", "en-gb.", "x.com/", "t.me", "profile.php?id=", "people/a/", "..", "//",
  "@gmail.com", "+tag", ".pnn", ".police.uk", "unknown", "none", "1980", "29/02/", "Police", "Heddlu ", "e\u0301", "i\u0307",
];

function mutated(text, below, texts) {
  const characters = Array.from(text);
  for (let changes = below(4); changes > 0; changes -= 1) {
    const at = below(characters.length + 1);
    const kind = below(5);
    if (kind === 0) characters.splice(at, 1);
    else if (kind === 1) characters.splice(at, below(2), PIECES[below(PIECES.length)]);
    else if (kind === 2) characters.splice(at, 1, ...Array.from(characters[at] ?? "").map((c) => (below(2) === 0 ? c.toUpperCase() : c.normalize("NFD"))));
    else if (kind === 3) characters.splice(at, 0, ...Array.from(texts[below(texts.length)]).slice(0, below(12)));
    else characters.splice(below(2) === 0 ? 0 : characters.length, 0, PIECES[below(PIECES.length)]);
  }
  return characters.join("");
}

async function page() {
  const folder = mkdtempSync(join(tmpdir(), "candour-identifiers-"));
  const outfile = join(folder, "identifier.mjs");
  await esbuild.build({ entryPoints: [join(root, "client-web/src/protocol/identifier.ts")], outfile, bundle: true, platform: "node", format: "esm", logLevel: "error" });
  const made = await import(pathToFileURL(outfile).href);
  rmSync(folder, { recursive: true });
  return made;
}

test("the same bytes, and the same refusals, from C++ and TypeScript", async () => {
  const { normalise_identifier, encode_identifier } = await page();
  const { accepted, refused } = JSON.parse(readFileSync(join(root, "docs/spec/vectors/identifiers.json"), "utf8"));
  const known = [...accepted, ...refused];
  const texts = known.flatMap(({ typed }) => typed);
  const below = numbers(SEED);
  const inputs = Array.from({ length: TEXTS }, () => {
    const { kind, typed } = known[below(known.length)];
    return [kind, ...typed.map((text) => (below(6) === 0 ? text : mutated(text, below, texts)))];
  });

  const ran = spawnSync(process.env.DRIVER, { input: inputs.map((input) => JSON.stringify(input) + "\n").join(""), maxBuffer: 1 << 28 });
  assert.equal(ran.status, 0, String(ran.stderr));
  const ours = ran.stdout.toString().split("\n").slice(0, -1);
  assert.equal(ours.length, inputs.length);
  let taken = 0;
  for (const [i, [kind, ...typed]] of inputs.entries()) {
    const found = normalise_identifier(kind, typed);
    const theirs = found.fault === null ? Buffer.from(encode_identifier(found.identifier)).toString().replaceAll("\n", "\t") : `${found.field} ${found.fault}`;
    assert.equal(ours[i], theirs, JSON.stringify([kind, ...typed]));
    if (found.fault !== null) continue;
    taken += 1;
    assert.deepEqual(normalise_identifier(kind, found.identifier.values), found, "not normal: " + JSON.stringify([kind, ...typed]));
  }
  assert.ok(taken > TEXTS / 8 && taken < TEXTS, `${taken} of ${TEXTS} were accepted: they test one side only`);
});
