// SPDX-License-Identifier: AGPL-3.0-or-later
// Blinded evaluation, her side (docs/spec/matching.md "Blinded evaluation"): eight blinded inputs, whatever is in them; answers are believed by
// their proofs alone, and those of several holders put together.

import { ristretto255, ristretto255_oprf } from "@noble/curves/ed25519.js";
import { concat, random_bytes, wipe, type Bytes } from "./bytes";
import { COMPANION_SLOTS } from "./companion";
import { in_random_order } from "./random";
import type { KeyHolder, RosterMatching } from "./roster_matching";

const Point = ristretto255.Point;
type Element = InstanceType<typeof Point>;
const { Fn: Scalars } = Point;
const { oprf, voprf } = ristretto255_oprf;

const ELEMENT_BYTES = 32;
const BATCH_BYTES = COMPANION_SLOTS * ELEMENT_BYTES;
const EVALUATION_BYTES = BATCH_BYTES + 64;
/** Before each evaluation the number of who made it. */
const ANSWER_BYTES = 1 + EVALUATION_BYTES;
const RANDOM_INPUT_BYTES = 32;
const NOTHING = new Uint8Array(0);
const BLIND_OF_NONE = Scalars.toBytes(1n);

/** Null where it is not the canonical encoding of an element, or the identity, which the library takes and of which no proof says anything. */
function element(bytes: Uint8Array): Element | null {
  try {
    const point = Point.fromBytes(bytes);
    return point.is0() ? null : point;
  } catch {
    return null; // the library throws for what is none
  }
}

function elements(bytes: Uint8Array): Uint8Array[] {
  return Array.from({ length: COMPANION_SLOTS }, (_, place) => bytes.slice(place * ELEMENT_BYTES, (place + 1) * ELEMENT_BYTES));
}

/** Of the value at `own`, for that at `at`: Lagrange's coefficient, for a polynomial that is known at `numbers`. */
function weight(own: number, numbers: readonly number[], at: number): bigint {
  const others = numbers.filter((other) => other !== own);
  return others.reduce((so_far, other) => Scalars.mul(so_far, Scalars.div(Scalars.create(BigInt(at - other)), Scalars.create(BigInt(own - other)))), Scalars.ONE);
}

interface Known {
  readonly number: number;
  readonly point: Element;
}

function interpolate(known: readonly Known[], at: number): Element {
  const numbers = known.map(({ number }) => number);
  return known.reduce((sum, { number, point }) => sum.add(point.multiply(weight(number, numbers, at))), Point.ZERO);
}

/** Whether all public shares lie on one polynomial of the degree that the threshold says, with the public key at 0. Else two groups of holders
 *  would give two outputs, and reports would match nothing without a word. */
export function holders_agree({ public_key, threshold, holders }: RosterMatching): boolean {
  const key = element(public_key);
  const known = holders.flatMap(({ number, public_share }): Known[] => {
    const point = element(public_share);
    return point === null ? [] : [{ number, point }];
  });
  if (key === null || known.length !== holders.length) return false;
  const first = known.slice(0, threshold);
  if (!interpolate(first, 0).equals(key)) return false;
  if (interpolate(first.slice(0, -1), 0).equals(key)) return false; // fewer would be enough
  return known.slice(threshold).every(({ number, point }) => interpolate(first, number).equals(point));
}

/** What the server gives: for each holder its number and what it answered. Null where it is of another form. */
export function parse_answers(bytes: Uint8Array): ReadonlyMap<number, Bytes> | null {
  if (bytes.length % ANSWER_BYTES !== 0) return null;
  const answers = new Map<number, Bytes>();
  for (let at = 0; at < bytes.length; at += ANSWER_BYTES) answers.set(bytes[at] ?? 0, bytes.slice(at + 1, at + ANSWER_BYTES) as Bytes);
  return answers;
}

export type Outputs = readonly Uint8Array[];

/** One batch: blinds and inputs are drawn and kept here, until it is wiped. */
export class Batch {
  /** What is asked: 256 bytes. */
  readonly bytes: Bytes;
  private readonly blinded: readonly Uint8Array[];
  /** By number: what has a right proof. An answer is looked at once. */
  private readonly right = new Map<number, readonly Uint8Array[]>();
  private readonly wrong = new Set<number>();

  private constructor(private readonly inputs: readonly Uint8Array[], private readonly blinds: readonly Uint8Array[], blinded: readonly Uint8Array[]) {
    this.blinded = blinded;
    this.bytes = concat(...blinded);
  }

  /** What she names, filled up to eight with random inputs, in random places. */
  static of(named: readonly Uint8Array[]): Batch {
    if (named.length > COMPANION_SLOTS) throw new RangeError("inputs");
    const fill = Array.from({ length: COMPANION_SLOTS - named.length }, () => random_bytes(RANDOM_INPUT_BYTES));
    return Batch.blind(in_random_order([...named, ...fill]));
  }

  /** draw: where a test says what is drawn for the blinds. */
  static blind(inputs: readonly Uint8Array[], draw?: (place: number) => Uint8Array): Batch {
    const made = inputs.map((input, place) => (draw === undefined ? voprf.blind(input) : voprf.blind(input, () => draw(place))));
    return new Batch(inputs, made.map(({ blind }) => blind), made.map(({ blinded }) => blinded));
  }

  /** The outputs, in the order of the inputs, once so many holders as it takes have answered rightly; "never" once they cannot any more. */
  take(matching: RosterMatching, answers: ReadonlyMap<number, Bytes>): Outputs | "wait" | "never" {
    for (const holder of matching.holders) {
      const { number } = holder;
      const answer = answers.get(number);
      if (answer === undefined || this.right.has(number) || this.wrong.has(number)) continue;
      const evaluated = this.verified(holder, answer);
      if (evaluated === null) this.wrong.add(number);
      else this.right.set(number, evaluated);
    }
    if (matching.holders.length - this.wrong.size < matching.threshold) return "never";
    if (this.right.size < matching.threshold) return "wait";
    const first = [...this.right].sort(([one], [other]) => one - other).slice(0, matching.threshold);
    return this.inputs.map((input, place) => {
      const known = first.map(([number, evaluated]): Known => ({ number, point: Point.fromBytes(evaluated[place] ?? NOTHING) }));
      return oprf.finalize(input, this.blinds[place] ?? NOTHING, interpolate(known, 0).toBytes());
    });
  }

  /** Null: not of the right form, or its proof does not hold for what the roster says of this holder. Nothing of it is used then. */
  private verified({ public_share }: KeyHolder, answer: Bytes): readonly Uint8Array[] | null {
    if (answer.length !== EVALUATION_BYTES) return null;
    const evaluated = elements(answer);
    if (evaluated.some((one) => element(one) === null)) return null;
    // The library verifies on the way to outputs only: here of nothing, without a blind.
    const items = evaluated.map((one, place) => ({ input: NOTHING, blind: BLIND_OF_NONE, evaluated: one, blinded: this.blinded[place] ?? NOTHING }));
    try {
      voprf.finalizeBatch(items, public_share, answer.slice(BATCH_BYTES));
      return evaluated;
    } catch {
      return null; // the library throws where the proof is wrong
    }
  }

  /** Best effort, as everywhere. */
  wipe(): void {
    wipe(...this.inputs, ...this.blinds);
  }
}
