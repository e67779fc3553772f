// SPDX-License-Identifier: AGPL-3.0-or-later
// Holders of the evaluation's key, who answer a batch as a server of RFC 9497 does (docs/spec/matching.md "Several holders").

import { ristretto255, ristretto255_oprf } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytes_of_text, concat, encode_base64, random_bytes, type Bytes } from "../../client-web/src/protocol/bytes";
import { derive } from "../../client-web/src/protocol/derive";
import { LABEL_HOLDER_ACCESS, LABEL_HOLDER_TOKEN } from "../../client-web/src/protocol/labels";
import type { RosterMatching } from "../../client-web/src/protocol/roster_matching";

const { voprf } = ristretto255_oprf;
const { Point } = ristretto255;
const { Fn } = Point;

export interface Holder {
  readonly number: number;
  readonly share: Bytes;
  readonly public_share: Bytes;
}

/** A key that was drawn and shared out: `threshold` of so many. */
export function draw_holders(threshold: number, count: number, group: readonly string[] = ["robin"]): { matching: RosterMatching; holders: readonly Holder[]; key: Bytes } {
  const coefficients = Array.from({ length: threshold }, () => Fn.fromBytes(voprf.generateKeyPair().secretKey));
  const value = (x: bigint): bigint => coefficients.reduceRight((sum, coefficient) => Fn.add(Fn.mul(sum, x), coefficient), 0n);
  const public_of = (scalar: bigint): Bytes => Point.BASE.multiply(scalar).toBytes() as Bytes;
  const holders = Array.from({ length: count }, (_, i) => ({ number: i + 1, share: Fn.toBytes(value(BigInt(i + 1))) as Bytes, public_share: public_of(value(BigInt(i + 1))) }));
  const matching = { group, threshold, public_key: public_of(value(0n)), holders: holders.map(({ number, public_share }) => ({ number, public_share })) };
  return { matching, holders, key: Fn.toBytes(value(0n)) as Bytes };
}

/** As the roster has it. */
export function matching_entry({ group, threshold, public_key, holders }: RosterMatching, access_of: (number: number) => Uint8Array = () => random_bytes(32)): Record<string, unknown> {
  return {
    group, threshold, public_key: encode_base64(public_key),
    holders: holders.map(({ number, public_share }) => ({ number, public_share: encode_base64(public_share), access: encode_base64(access_of(number)) })),
  };
}

/** By which the server knows a holder that asks (docs/spec/roster.md "Matching"). */
export function access_of({ share }: Holder): Uint8Array {
  return sha256(concat(bytes_of_text(LABEL_HOLDER_ACCESS), derive(share, LABEL_HOLDER_TOKEN)));
}

export function answer_batch({ share, public_share }: Holder, batch: Uint8Array): Bytes {
  const blinded = Array.from({ length: batch.length / 32 }, (_, i) => batch.slice(32 * i, 32 * (i + 1)));
  const { evaluated, proof } = voprf.blindEvaluateBatch(share, public_share, blinded);
  return concat(...evaluated, proof);
}

/** The output, as whoever has the key computes it. */
export function evaluate_directly(key: Bytes, input: Uint8Array): Uint8Array {
  return voprf.evaluate(key, input);
}
