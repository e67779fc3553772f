// SPDX-License-Identifier: AGPL-3.0-or-later
// Blinded evaluation, her side: the bytes that another implementation made, whoever answers; and nothing is taken that has no right proof.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ristretto255 } from "@noble/curves/ed25519.js";
import { numberToBytesLE } from "@noble/curves/utils.js";
import { encode_hex, random_bytes, type Bytes } from "../../../client-web/src/protocol/bytes";
import { Batch, holders_agree, parse_answers, type Outputs } from "../../../client-web/src/protocol/evaluation";
import type { RosterMatching } from "../../../client-web/src/protocol/roster_matching";
import { answer_batch, draw_holders } from "../../e2e/evaluation_holders";

interface Vector {
  readonly threshold: number;
  readonly public_key: string;
  readonly inputs: readonly string[];
  readonly blinds: readonly string[];
  readonly batch: string;
  readonly holders: readonly { readonly number: number; readonly public_share: string; readonly evaluation: string }[];
  readonly outputs: readonly string[];
}
const vectors = (JSON.parse(readFileSync(join(process.env["CANDOUR_ROOT"] ?? ".", "docs/spec/vectors/voprf.json"), "utf8")) as { cases: readonly Vector[] }).cases;
const bytes = (hex: string): Bytes => new Uint8Array(Buffer.from(hex, "hex"));
const { Point } = ristretto255;

const roster_of = ({ threshold, public_key, holders }: Vector): RosterMatching =>
  ({ group: ["ada"], threshold, public_key: bytes(public_key), holders: holders.map(({ number, public_share }) => ({ number, public_share: bytes(public_share) })) });
/** What the library makes a blind of: it takes the number, less one, from the randomness. */
const drawn = (blind: string): Uint8Array => numberToBytesLE(BigInt("0x" + Buffer.from(blind, "hex").reverse().toString("hex")) - 1n, 48);
const batch_of = ({ inputs, blinds }: Vector): Batch => Batch.blind(inputs.map(bytes), (place) => drawn(blinds[place] ?? ""));
const answers_of = ({ holders }: Vector, numbers: readonly number[]): Map<number, Bytes> =>
  new Map(holders.filter(({ number }) => numbers.includes(number)).map(({ number, evaluation }) => [number, bytes(evaluation)]));
const in_hex = (outputs: Outputs | "wait" | "never"): unknown => (typeof outputs === "string" ? outputs : outputs.map(encode_hex));
const subsets = (all: readonly number[], size: number): number[][] =>
  size === 0 ? [[]] : all.flatMap((one, i) => subsets(all.slice(i + 1), size - 1).map((rest) => [one, ...rest]));

test("vectors: the same batches, and the same outputs, whichever of the holders answer", () => {
  assert.deepEqual(vectors.map(({ threshold, holders }) => [threshold, holders.length]), [[1, 1], [2, 3], [3, 5]]);
  for (const vector of vectors) {
    const matching = roster_of(vector);
    assert.ok(holders_agree(matching));
    const numbers = vector.holders.map(({ number }) => number);
    for (const some of subsets(numbers, vector.threshold)) {
      const batch = batch_of(vector);
      assert.equal(encode_hex(batch.bytes), vector.batch);
      assert.deepEqual(in_hex(batch.take(matching, answers_of(vector, some))), vector.outputs, some.join());
    }
    assert.deepEqual(in_hex(batch_of(vector).take(matching, answers_of(vector, numbers))), vector.outputs, "all of them");
    assert.equal(batch_of(vector).take(matching, answers_of(vector, numbers.slice(1, vector.threshold))), "wait", "too few");
  }
});

test("an answer that was changed anywhere counts as none, whoever else answers; and nothing of it is used", () => {
  const vector = vectors[1];
  assert.ok(vector !== undefined);
  const matching = roster_of(vector);
  const right = bytes(vector.holders[0]?.evaluation ?? "");
  const changed = (at: number, by: Uint8Array): Bytes => {
    const copy = right.slice() as Bytes;
    copy.set(by, at);
    return copy;
  };
  const wrong = [
    ...Array.from({ length: 10 }, (_, i) => changed(32 * i, Uint8Array.of((right[32 * i] ?? 0) ^ 1))),
    ...Array.from({ length: 8 }, (_, i) => changed(32 * i, Point.BASE.toBytes())),
    changed(0, new Uint8Array(32)), changed(224, new Uint8Array(32)), changed(32, new Uint8Array(32).fill(255)), changed(256, new Uint8Array(32).fill(255)),
    new Uint8Array(320), right.slice(0, 319) as Bytes, new Uint8Array(0), answers_of(vector, [2]).get(2) ?? new Uint8Array(0),
  ];
  for (const [i, answer] of wrong.entries()) {
    const batch = batch_of(vector);
    assert.equal(batch.take(matching, answers_of(vector, [2]).set(1, answer)), "wait", String(i));
    assert.deepEqual(in_hex(batch.take(matching, answers_of(vector, [2, 3]).set(1, answer))), vector.outputs, "the others are enough");
    assert.equal(batch_of(vector).take(matching, answers_of(vector, [2]).set(1, answer).set(3, answer)), "never", "too few are left");
  }
});

test("holders who answer alike with the identity, for a key of 0: refused, though the proof holds", () => {
  const zero = new Uint8Array(32);
  assert.ok(!holders_agree({ group: ["ada"], public_key: zero, threshold: 1, holders: [{ number: 1, public_share: zero }] }));
  const vector = vectors[0];
  assert.ok(vector !== undefined);
  assert.equal(batch_of(vector).take(roster_of(vector), new Map([[1, new Uint8Array(320)]])), "never");
});

test("a list of holders is taken only if it is one sharing of this key, and takes as many as it says", () => {
  const vector = vectors[2];
  assert.ok(vector !== undefined);
  const matching = roster_of(vector);
  const { holders } = matching;
  const swap = (at: number, public_share: Uint8Array): RosterMatching => ({ ...matching, holders: holders.map((holder, i) => (i === at ? { ...holder, public_share: public_share as Bytes } : holder)) });
  assert.ok(holders_agree(matching));
  assert.ok(holders_agree({ ...matching, holders: holders.slice(1) }), "any of them, as long as they are enough");
  for (let at = 0; at < holders.length; at += 1) {
    assert.ok(!holders_agree(swap(at, Point.BASE.toBytes())));
    assert.ok(!holders_agree(swap(at, new Uint8Array(32))));
    assert.ok(!holders_agree(swap(at, new Uint8Array(32).fill(255))));
  }
  assert.ok(!holders_agree({ ...matching, public_key: Point.BASE.toBytes() as Bytes }));
  assert.ok(!holders_agree({ ...matching, threshold: 2 }));
  assert.ok(!holders_agree({ ...matching, threshold: 4 }), "fewer would be enough");
  assert.ok(!holders_agree({ ...matching, holders: holders.map((holder, i) => ({ ...holder, number: i + 2 })) }));
  assert.ok(!holders_agree({ ...matching, threshold: 2, holders: holders.map(({ number }) => ({ number, public_share: matching.public_key })) }), "one is enough, though it says two");
});

test("one to eight names: the same to whoever answers, each with the output of its own, the rest never twice", () => {
  const { matching, holders } = draw_holders(2, 3);
  assert.ok(holders_agree(matching));
  const names = Array.from({ length: 8 }, (_, i) => new TextEncoder().encode("name " + i));
  const outputs_of = (named: readonly Uint8Array[]): string[] => {
    const batch = Batch.of(named);
    assert.equal(batch.bytes.length, 256);
    const outputs = batch.take(matching, new Map(holders.slice(1).map((holder) => [holder.number, answer_batch(holder, batch.bytes)])));
    assert.ok(typeof outputs !== "string" && outputs.length === 8 && outputs.every((output) => output.length === 64));
    return outputs.map(encode_hex);
  };
  const all = outputs_of(names);
  const places = new Set<number>();
  const others = new Set<string>();
  for (const named of [[], names.slice(0, 1), names.slice(0, 3), names.slice(0, 1), names.slice(0, 1), names.slice(0, 1), names.slice(0, 1)]) {
    const outputs = outputs_of(named);
    assert.equal(outputs.filter((output) => all.includes(output)).length, named.length);
    for (const output of outputs.filter((one) => !all.includes(one))) {
      assert.ok(!others.has(output));
      others.add(output);
    }
    if (named.length === 1) places.add(outputs.findIndex((output) => all.includes(output)));
  }
  assert.ok(places.size > 1, "five times the same place: one chance in 4096");
  assert.throws(() => Batch.of([...names, new Uint8Array(1)]), RangeError);
});

test("what the server gives is parted by its numbers, or is nothing", () => {
  assert.deepEqual(parse_answers(new Uint8Array(0)), new Map());
  const [one, two] = [random_bytes(320), random_bytes(320)];
  assert.deepEqual(parse_answers(Uint8Array.of(1, ...one, 3, ...two)), new Map([[1, one], [3, two]]));
  assert.equal(parse_answers(Uint8Array.of(1, ...one, 3)), null);
});

test("what was drawn is wiped", () => {
  const named = new TextEncoder().encode("a name");
  const batch = Batch.of([named]);
  batch.wipe();
  assert.deepEqual(named, new Uint8Array(6));
});
