// SPDX-License-Identifier: AGPL-3.0-or-later
// Our C++ and the npm package @noble/curves, with which the browser blinds, both ways: client here and holder there, one holder and several.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { ristretto255, ristretto255_oprf } from "@noble/curves/ed25519.js";
import { lines, ours } from "./tools.mjs";

const { voprf } = ristretto255_oprf;
const { Point } = ristretto255;
const { Fn } = Point;
const ELEMENT = 32;
const BATCH = 8 * ELEMENT;

const hex = (bytes) => Buffer.from(bytes).toString("hex");
const bytes = (text) => Uint8Array.from(Buffer.from(text, "hex"));
const elements = (joined) => Array.from({ length: 8 }, (_, i) => Uint8Array.from(joined.subarray(i * ELEMENT, (i + 1) * ELEMENT)));
const changed_at = (whole, at, by) => Uint8Array.from(Buffer.concat([whole.subarray(0, at), by, whole.subarray(at + by.length)]));

// Empty, tiny, text, as long as it may be, and the same twice.
const inputs = [
  new Uint8Array(), Uint8Array.of(0), new TextEncoder().encode("PC Ångström"), new Uint8Array(65534).fill(7),
  randomBytes(32), randomBytes(32), Uint8Array.of(1, 2), Uint8Array.of(1, 2),
].map((input) => Uint8Array.from(input));
// Those that fit on a command line.
const short_inputs = inputs.map((input) => input.subarray(0, 1000));

const our_key = () => {
  const [secretKey, publicKey] = lines(ours("key")).map(bytes);
  return { secretKey, publicKey };
};
const our_client = (list) => {
  const printed = lines(ours("blind", ...list.map(hex)));
  return { blinds: printed.slice(0, 8), batch: bytes(printed[8]) };
};
const their_client = (list) => {
  const blinded = list.map((input) => voprf.blind(input));
  return { blinds: blinded.map(({ blind }) => blind), batch: Buffer.concat(blinded.map((one) => one.blinded)) };
};
const our_answer = ({ secretKey }, batch) => Uint8Array.from(ours("evaluate", hex(secretKey), Uint8Array.from(batch)));
const their_answer = ({ secretKey, publicKey }, batch) => {
  const { evaluated, proof } = voprf.blindEvaluateBatch(secretKey, publicKey, elements(batch));
  return Uint8Array.from(Buffer.concat([...evaluated, proof]));
};
const our_outputs = (list, { blinds, batch }, publicKey, threshold, holders, answers) => {
  const said = holders.flatMap((holder) => [holder.number, hex(holder.publicKey)]);
  const opened = list.flatMap((input, i) => [hex(input), blinds[i]]);
  const sent = Buffer.concat([batch, ...answers.flatMap(({ number, answer }) => [Uint8Array.of(number), answer])]);
  const [liars, ...outputs] = ours("finish", hex(publicKey), threshold, holders.length, ...said, ...opened, Uint8Array.from(sent)).toString().trimEnd().split("\n");
  return { liars, outputs };
};
const their_outputs = (list, { blinds, batch }, publicKey, answer) => {
  const [blinded, evaluated] = [elements(batch), elements(answer)];
  const items = list.map((input, i) => ({ input, blind: blinds[i], blinded: blinded[i], evaluated: evaluated[i] }));
  return voprf.finalizeBatch(items, publicKey, Uint8Array.from(answer.subarray(BATCH))).map(hex);
};
const alone = ({ secretKey, publicKey }, answer) => [{ number: 1, secretKey, publicKey, answer }];
const direct = (list, { secretKey }) => list.map((input) => hex(voprf.evaluate(secretKey, input)));

test("their client, our holder", () => {
  for (const key of [our_key(), voprf.generateKeyPair()]) {
    const client = their_client(inputs);
    assert.deepEqual(their_outputs(inputs, client, key.publicKey, our_answer(key, client.batch)), direct(inputs, key));
  }
});

test("our client, their holder", () => {
  for (const key of [our_key(), voprf.generateKeyPair()]) {
    const client = our_client(short_inputs);
    const holders = alone(key, their_answer(key, client.batch));
    const { liars, outputs } = our_outputs(short_inputs, client, key.publicKey, 1, holders, holders);
    assert.equal(liars, "");
    assert.deepEqual(outputs, direct(short_inputs, key));
  }
});

test("an answer that was changed anywhere is refused on both sides", () => {
  const key = our_key();
  const [client, mine] = [their_client(short_inputs), our_client(short_inputs)];
  const [answer, theirs] = [our_answer(key, client.batch), their_answer(key, mine.batch)];
  assert.equal(answer.length, BATCH + 2 * ELEMENT);
  for (let at = 0; at < answer.length; at += ELEMENT) {
    // Another element, another scalar; and what is perhaps none.
    for (const by of [() => at < BATCH ? Point.BASE.toBytes() : Fn.toBytes(5n), (whole) => Uint8Array.of(whole[at] ^ 1)]) {
      assert.throws(() => their_outputs(short_inputs, client, key.publicKey, changed_at(answer, at, by(answer))));
      const changed = alone(key, changed_at(theirs, at, by(theirs)));
      assert.throws(() => our_outputs(short_inputs, mine, key.publicKey, 1, changed, changed), (error) => error.stdout.toString() === "1\n");
    }
  }
  assert.throws(() => their_outputs(short_inputs, client, voprf.generateKeyPair().publicKey, answer));
});

test("what is no element is refused by our holder, and by theirs but for the identity", () => {
  const key = our_key();
  const { batch } = their_client(short_inputs);
  const identity = new Uint8Array(ELEMENT);
  for (const bad of [identity, new Uint8Array(ELEMENT).fill(255), Uint8Array.of(1, ...new Uint8Array(31))]) {
    for (let place = 0; place < 8; place++) {
      const changed = changed_at(batch, place * ELEMENT, bad);
      assert.throws(() => our_answer(key, changed));
      if (bad !== identity) assert.throws(() => their_answer(key, changed));
    }
  }
  // So a page that uses it has to look for the identity itself, in answers and in public keys.
  assert.ok(Point.fromBytes(identity).equals(Point.ZERO));
});

// Lagrange, in the exponent.
const weight = (own, numbers) =>
  numbers.filter((other) => other !== own).reduce((so_far, other) => Fn.mul(so_far, Fn.div(Fn.create(BigInt(other)), Fn.create(BigInt(other - own)))), Fn.ONE);
const join = (answers) => {
  const numbers = answers.map(({ number }) => number);
  const places = Array.from({ length: 8 }, (_, place) =>
    answers.map(({ number, answer }) => Point.fromBytes(elements(answer)[place]).multiply(weight(number, numbers))).reduce((a, b) => a.add(b)));
  return places.map((point) => point.toBytes());
};
const verify = (client, { publicKey, answer }) => their_outputs(short_inputs, client, publicKey, answer);

test("two of three: whoever answers, and whoever puts together, the output is that of the key alone", () => {
  const key = our_key();
  const expected = direct(short_inputs, key);
  const holders = lines(ours("share", hex(key.secretKey), 2, 3)).map((line) => {
    const [number, share, public_share] = line.split(" ");
    return { number: Number(number), secretKey: bytes(share), publicKey: bytes(public_share) };
  });
  assert.equal(holders.length, 3);
  for (const pair of [[0, 1], [0, 2], [1, 2], [2, 0]]) {
    const mine = our_client(short_inputs);
    const by_them = pair.map((i) => ({ ...holders[i], answer: their_answer(holders[i], mine.batch) }));
    assert.deepEqual(our_outputs(short_inputs, mine, key.publicKey, 2, holders, by_them), { liars: "", outputs: expected });

    const theirs = their_client(short_inputs);
    const by_us = pair.map((i) => ({ ...holders[i], answer: our_answer(holders[i], theirs.batch) }));
    for (const one of by_us) assert.notDeepEqual(verify(theirs, one), expected); // the proof holds, for a share
    const joined = join(by_us);
    assert.deepEqual(short_inputs.map((input, i) => hex(ristretto255_oprf.oprf.finalize(input, theirs.blinds[i], joined[i]))), expected);
  }
  const mine = our_client(short_inputs);
  const answers = holders.map((holder) => ({ ...holder, answer: their_answer(holder, mine.batch) }));
  answers[1].answer = their_answer(voprf.generateKeyPair(), mine.batch);
  assert.deepEqual(our_outputs(short_inputs, mine, key.publicKey, 2, holders, answers), { liars: "2", outputs: expected });
});
