// SPDX-License-Identifier: AGPL-3.0-or-later
// Identifiers of the accused: the vectors that bind `candour` too, and the tables that both have.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { text_of_bytes } from "../../../client-web/src/protocol/bytes";
import { encode_identifier, IDENTIFIER_KINDS, IDENTIFIER_RULES, normalise_identifier, type Identifier } from "../../../client-web/src/protocol/identifier";
import { force_named } from "../../../client-web/src/protocol/identifier_tables";
import { folded } from "../../../client-web/src/protocol/identifier_text";

const ROOT = process.env["CANDOUR_ROOT"] ?? ".";
const TABLES = join(ROOT, "protocol/identifiers");
const read_json = (path: string): any => JSON.parse(readFileSync(path, "utf8"));
const vectors = read_json(join(ROOT, "docs/spec/vectors/identifiers.json"));

function normal(kind: Identifier["kind"], typed: readonly string[]): Identifier {
  const found = normalise_identifier(kind, typed);
  assert.ok(found.fault === null, found.fault + " " + JSON.stringify(typed));
  return found.identifier;
}

test("what is accepted, in its normal form, which normalises to itself", () => {
  assert.equal(vectors.rules, IDENTIFIER_RULES);
  assert.ok(vectors.accepted.length > 300);
  for (const { kind, typed, values } of vectors.accepted) {
    const identifier = normal(kind, typed);
    assert.deepEqual(identifier, { kind, values }, JSON.stringify(typed));
    assert.deepEqual(normal(kind, values), identifier);
  }
});

test("what is refused, in which field and why", () => {
  assert.ok(vectors.refused.length > 300);
  for (const { kind, typed, field, fault } of vectors.refused) {
    assert.deepEqual(normalise_identifier(kind, typed), { fault, field }, kind + " " + JSON.stringify(typed));
  }
});

test("the bytes, others for every kind", () => {
  assert.deepEqual(vectors.encoded.map(({ kind }: Identifier) => kind), IDENTIFIER_KINDS);
  for (const { kind, typed, text } of vectors.encoded) assert.equal(text_of_bytes(encode_identifier(normal(kind, typed))), text);
});

test("the tables change only together with their vectors", () => {
  assert.deepEqual(Object.keys(vectors.tables), readdirSync(TABLES).sort());
  for (const [name, hash] of Object.entries(vectors.tables)) {
    assert.equal(createHash("sha256").update(readFileSync(join(TABLES, name))).digest("hex"), hash, name);
  }
});

test("every force is known by each of its names, and by no other's", () => {
  const forces = read_json(join(TABLES, "forces.json"));
  assert.ok(forces.length > 55);
  for (const { id, name, also } of forces) {
    for (const known of [id, name, ...also]) assert.equal(force_named(known)?.id, id, known);
  }
});

test("composed and decomposed letters are one", () => {
  const letters = Object.values<string>(read_json(join(TABLES, "letters.json"))).join("");
  assert.equal(new Set(letters).size, Array.from(letters).length);
  for (const letter of letters) {
    const decomposed = Array.from(letter.normalize("NFD"), (piece) => folded(piece) ?? "?").join("");
    assert.equal(decomposed, folded(letter), letter);
  }
});

test("half a character is unreadable", () => {
  for (const text of ["\ud800", "Exam\udc00ple", "a\ud83d"]) {
    assert.deepEqual(normalise_identifier("phone", [text]), { fault: "unreadable", field: "number" });
  }
});
