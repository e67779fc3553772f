// SPDX-License-Identifier: AGPL-3.0-or-later
// make_voprf FILE: writes docs/spec/vectors/voprf.json with @noble/curves alone, none of our code: keys that are shared out, a batch of eight, what
// every holder answers, and the outputs. Only needed when the specification changes: node tests/vectors/make_voprf.mjs FILE
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { ristretto255, ristretto255_oprf } from "@noble/curves/ed25519.js";

const { oprf, voprf } = ristretto255_oprf;
const { Point } = ristretto255;
const { Fn } = Point;
const ELEMENT = 32;

const hex = (bytes) => Buffer.from(bytes).toString("hex");
const number_of = (bytes) => Fn.fromBytes(Uint8Array.from(bytes));
const random_number = () => number_of(voprf.generateKeyPair().secretKey);
const value_at = (coefficients, x) => coefficients.reduceRight((sum, coefficient) => Fn.add(Fn.mul(sum, Fn.create(BigInt(x))), coefficient), 0n);
const weight = (own, numbers) => numbers.filter((other) => other !== own)
  .reduce((so_far, other) => Fn.mul(so_far, Fn.div(Fn.create(BigInt(other)), Fn.create(BigInt(other - own)))), Fn.ONE);

function case_of(threshold, count) {
  const coefficients = Array.from({ length: threshold }, random_number);
  const key = Fn.toBytes(coefficients[0]);
  const numbers = Array.from({ length: count }, (_, i) => i + 1);
  const inputs = [new Uint8Array(), new TextEncoder().encode("PC Ångström"), ...Array.from({ length: 6 }, () => Uint8Array.from(randomBytes(24)))];
  const blinded = inputs.map((input) => voprf.blind(input));
  const elements = blinded.map((one) => one.blinded);
  const holders = numbers.map((number) => {
    const share = value_at(coefficients, number);
    const public_share = Point.BASE.multiply(share).toBytes();
    const { evaluated, proof } = voprf.blindEvaluateBatch(Fn.toBytes(share), public_share, elements);
    // s = r - c k
    const [c, s] = [number_of(proof.subarray(0, ELEMENT)), number_of(proof.subarray(ELEMENT))];
    const random_scalar = Fn.add(s, Fn.mul(c, share));
    return {
      evaluated,
      said: {
        number, share: hex(Fn.toBytes(share)), public_share: hex(public_share), random_scalar: hex(Fn.toBytes(random_scalar)),
        evaluation: hex(Buffer.concat([...evaluated, proof])),
      },
    };
  });
  // Of the last holders.
  const chosen = numbers.slice(-threshold);
  const combined = inputs.map((_, place) => chosen
    .map((number) => Point.fromBytes(holders[number - 1].evaluated[place]).multiply(weight(number, chosen))).reduce((a, b) => a.add(b)).toBytes());
  const outputs = inputs.map((input, place) => hex(oprf.finalize(input, blinded[place].blind, combined[place])));
  const direct = inputs.map((input) => hex(voprf.evaluate(key, input)));
  if (outputs.join() !== direct.join()) throw new Error("the holders together do not give what the key gives");
  return {
    threshold, key: hex(key), public_key: hex(Point.BASE.multiply(coefficients[0]).toBytes()),
    coefficients: coefficients.slice(1).map((coefficient) => hex(Fn.toBytes(coefficient))),
    inputs: inputs.map(hex), blinds: blinded.map(({ blind }) => hex(blind)), batch: hex(Buffer.concat(elements)),
    holders: holders.map(({ said }) => said), evaluated: hex(Buffer.concat(combined)), outputs,
  };
}

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error("usage: make_voprf FILE");
writeFileSync(path, JSON.stringify({ cases: [case_of(1, 1), case_of(2, 3), case_of(3, 5)] }, null, 1) + "\n");
