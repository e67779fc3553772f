// SPDX-License-Identifier: AGPL-3.0-or-later
// Shares of what two or three reports that name the same person open together (docs/spec/matching.md "Shares"): only made here. Matching is
// the caseworkers'.

import { bytesToNumberLE, numberToBytesLE } from "@noble/curves/utils.js";
import { ristretto255 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { bytes_of_text, concat, type Bytes } from "./bytes";
import { LABEL_MATCH_COEFFICIENT, LABEL_MATCH_POINT, LABEL_MATCH_ROOT } from "./labels";

const Point = ristretto255.Point;
const { Fn: Scalars } = Point;
const SCALAR_BYTES = 32;

/** How many authors it takes, as each of them chooses. */
export type Threshold = 2 | 3;
export const THRESHOLDS: readonly Threshold[] = [2, 3];

/** Never 0: an input that gave it would be refused. */
function hash_to_scalar(label: string, bytes: Uint8Array): bigint {
  const scalar = Scalars.create(bytesToNumberLE(sha512(concat(bytes_of_text(label), bytes))));
  if (scalar === 0n) throw new RangeError("scalar");
  return scalar;
}

const encode_scalar = (scalar: bigint): Bytes => numberToBytesLE(scalar, SCALAR_BYTES) as Bytes;

export interface MatchPart {
  /** The key to what is wrapped for this threshold. Secret. */
  readonly root: Bytes;
  /** Commitments, the tag first, and the author's share. */
  readonly sent: Bytes;
}

/** output: 64 bytes, of the evaluation. authorship_key: 32 bytes. */
export function match_part(threshold: Threshold, output: Uint8Array, authorship_key: Uint8Array): MatchPart {
  const k = threshold.toString();
  const root = hash_to_scalar(LABEL_MATCH_ROOT + k, output);
  const encoded_root = encode_scalar(root);
  const further = Array.from({ length: threshold - 1 }, (_, j) => hash_to_scalar(LABEL_MATCH_COEFFICIENT + k + "/" + (j + 1).toString(), encoded_root));
  const coefficients = [root, ...further];
  const point = hash_to_scalar(LABEL_MATCH_POINT, authorship_key);
  const share = coefficients.reduceRight((sum, coefficient) => Scalars.add(Scalars.mul(sum, point), coefficient), 0n);
  if (share === 0n) throw new RangeError("share");
  const commitments = coefficients.map((coefficient) => Point.BASE.multiply(coefficient).toBytes());
  return { root: encoded_root, sent: concat(...commitments, encode_scalar(share)) };
}
