// SPDX-License-Identifier: AGPL-3.0-or-later
// Companions: the bytes that another implementation made, one form whatever is in them, and nothing that comes twice.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ristretto255 } from "@noble/curves/ed25519.js";
import { decode_base64, encode_hex, random_bytes, type Bytes } from "../../../client-web/src/protocol/bytes";
import { derive_match_release, derive_report_secret, derive_reporter_keys, report_id } from "../../../client-web/src/protocol/codename";
import { encode_companion_text, make_companion, type CompanionPlan, type Holding } from "../../../client-web/src/protocol/companion";
import { is_contact } from "../../../client-web/src/protocol/contact";
import { match_part } from "../../../client-web/src/protocol/match_share";
import { key_hash, parse_note, sign_note, signed_by } from "../../../client-web/src/protocol/note";

const vectors = JSON.parse(readFileSync(join(process.env["CANDOUR_ROOT"] ?? ".", "docs/spec/vectors/companion.json"), "utf8"));
const bytes = (hex: string): Bytes => new Uint8Array(Buffer.from(hex, "hex"));
const keys = derive_reporter_keys("abacus abdomen abdominal abide abiding ability ablaze able");
const author = { name: "candour/author", hash: key_hash("candour/author", keys.authorship_key), key: keys.authorship_key };
const everything: Holding = { threshold: 2, identity_seed: random_bytes(32), contact_first: null };
const asked: Holding = { threshold: 3, identity_seed: random_bytes(32), contact_first: { release: random_bytes(32), text: "Ring 000." } };

function plan(holding: Holding | null, more: Partial<CompanionPlan> = {}): CompanionPlan {
  const outputs = Array.from({ length: 8 }, () => random_bytes(64));
  return { report_id: "ab".repeat(32), authorship_key: keys.authorship_key, roster_hash: "cd".repeat(32), evaluation_key: vectors.evaluation_key, excluded: [], outputs, holding, ...more };
}

test("vectors: polynomials of both thresholds", () => {
  assert.equal(vectors.polynomials.length, 2);
  for (const { threshold, output, coefficients, commitments } of vectors.polynomials) {
    const { root, sent } = match_part(threshold, bytes(output), keys.authorship_key);
    assert.equal(encode_hex(root), coefficients[0]);
    assert.equal(encode_hex(sent.subarray(0, 32 * threshold)), commitments.join(""));
  }
});

test("vectors: the same companions, byte for byte, and the same signatures", () => {
  assert.equal(vectors.companions.length, 3);
  for (const { name, codename, outputs, excluded, threshold, identity_seed, contact, release, draw, note } of vectors.companions) {
    const hers = derive_reporter_keys(codename);
    assert.equal(encode_hex(derive_match_release(hers.seed, 0)), release);
    const contact_first = contact === null ? null : { release: bytes(release), text: contact };
    const holding = threshold === null ? null : { threshold, identity_seed: bytes(identity_seed), contact_first };
    const drawn = { salt: bytes(draw.salt), secret: bytes(draw.secret), order: draw.order, body: bytes(draw.body), contact: bytes(draw.contact) };
    const text = encode_companion_text({
      report_id: encode_hex(report_id(derive_report_secret(hers.seed, 0))), authorship_key: hers.authorship_key, roster_hash: vectors.roster_sha256,
      evaluation_key: vectors.evaluation_key, excluded, outputs: outputs.map(bytes), holding,
    }, drawn);
    assert.equal(sign_note(text, "candour/author", hers.authorship_seed), note, name);
  }
});

test("one form, whatever is held; every slot is a share with its commitments", () => {
  const point = (slot: Bytes, at: number) => ristretto255.Point.fromBytes(slot.subarray(at, at + 32));
  const sizes = new Set<number>();
  for (const holding of [null, everything, asked]) {
    const text = parse_note(make_companion(plan(holding), keys.authorship_seed))?.text ?? "";
    sizes.add(text.length);
    const slots = [...text.matchAll(/^slot (.*)$/gm)].map(([, slot]) => decode_base64(slot ?? "") ?? new Uint8Array(0));
    assert.equal(slots.length, 8);
    for (const slot of slots) {
      assert.equal(slot.length, 272);
      for (const at of [0, 32, 96, 128, 160]) assert.ok(!point(slot, at).is0());
    }
    assert.deepEqual([...text.matchAll(/^([a-z]+) /gm)].map(([, key]) => key), ["report", "author", "roster", "key", "salt", ...Array(8).fill("slot"), "body", "contact"]);
  }
  assert.equal(sizes.size, 1);
});

test("signed by the author; nothing drawn comes twice, and places tell nothing", () => {
  const seen = { salts: new Set<string>(), wraps: new Set<string>(), places: new Set<number>() };
  const same = plan(everything);
  for (let i = 0; i < 12; i += 1) {
    const note = parse_note(make_companion(same, keys.authorship_seed));
    assert.ok(note !== null && signed_by(note, author) === "good");
    seen.salts.add(/^salt (.*)$/m.exec(note.text)?.[1] ?? "");
    const slots = [...note.text.matchAll(/^slot (.*)$/gm)].map(([, slot]) => encode_hex(decode_base64(slot ?? "") ?? new Uint8Array(0)));
    const own = encode_hex(match_part(2, same.outputs[0] ?? new Uint8Array(0), keys.authorship_key).sent);
    seen.places.add(slots.findIndex((slot) => slot.startsWith(own)));
    for (const slot of slots) seen.wraps.add(slot.slice(-96));
  }
  assert.equal(seen.salts.size, 12);
  assert.equal(seen.wraps.size, 96);
  assert.ok(!seen.places.has(-1) && seen.places.size > 1, "12 times the same: one chance in 8^11");
});

test("what would betray something, or be refused, is not made", () => {
  const made = (more: Partial<CompanionPlan>) => () => make_companion(plan(everything, more), keys.authorship_seed);
  const output = random_bytes(64);
  const others = (count: number) => Array.from({ length: count }, () => random_bytes(64));
  made({ excluded: ["cy", "bo", "cy"] })();
  assert.throws(made({ outputs: [output, ...others(6), output] }), RangeError);
  assert.throws(made({ outputs: others(7) }), RangeError);
  assert.throws(made({ outputs: [...others(7), random_bytes(32)] }), RangeError);
  assert.throws(made({ excluded: Array.from({ length: 65 }, (_, i) => String(i)) }), RangeError);
  for (const text of ["", "a\tb", "a\0", "\ud800", "ü".repeat(513)]) {
    assert.equal(is_contact(text), false);
    assert.throws(made({ holding: { ...asked, contact_first: { release: random_bytes(32), text } } }), RangeError);
  }
  assert.ok(is_contact("ü".repeat(512)) && is_contact("Ring 000.\nNot on Fridays."));
});
