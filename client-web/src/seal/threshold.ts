// SPDX-License-Identifier: AGPL-3.0-or-later
// The header of a report that several have to open together (docs/spec/threshold.md): the file key is not wrapped whole for anybody, but
// shared out, a share for each reader. Stock age cannot open it.

import { sha256 } from "@noble/hashes/sha2.js";
import { base64nopad } from "@scure/base";
import { Stanza, type Recipient } from "age-encryption";
import { split } from "shamir-secret-sharing";
import { bytes_of_text, concat, encode_hex, random_bytes, wipe, type Bytes } from "../protocol/bytes";
import { LABEL_AUDIENCE, LABEL_SHARE, LABEL_SHARE_COMMITMENT, LABEL_THRESHOLD } from "../protocol/labels";
import { in_random_order } from "../protocol/random";
import { dummy_encapsulation, key_of_recipient } from "../protocol/recipient";
import { seal_to_key, type Wrapped } from "./hpke";

export const COMMITMENT_BYTES = 32;
/** Share and hash of the audience, and the tag of the seal. */
export const SHARE_BODY_BYTES = 16 + 32 + 16;

/** Somebody it is sealed to. */
export interface Reader {
  readonly id: string;
  readonly recipient: string;
}

/** Comes with each share: nobody can read the manifest before it is opened, and so a reader who was added is seen all the same. */
export function audience_hash(ids: readonly string[]): Bytes {
  const lines = [...ids].sort().map((id) => "audience " + id + "\n");
  return sha256(bytes_of_text(LABEL_AUDIENCE + lines.join(""))) as Bytes;
}

/** By it whoever gets a share from somebody sees whether it is the right one. */
export function share_commitment(number: number, share: Uint8Array): Bytes {
  return sha256(concat(bytes_of_text(LABEL_SHARE_COMMITMENT), Uint8Array.of(number), share)) as Bytes;
}

interface Place extends Wrapped {
  readonly number: number; // of the share, 1 to 255
  readonly commitment: Bytes;
}

/** The only recipient of its file: it writes the whole header. readers: at least `threshold`, which is 2 or more, and at most `places`. */
export class ThresholdRecipient implements Recipient {
  constructor(private readonly readers: readonly Reader[], private readonly places: number, private readonly threshold: number) {}

  async wrapFileKey(file_key: Uint8Array): Promise<Stanza[]> {
    const { readers, places, threshold } = this;
    if (readers.length < threshold || readers.length > places) throw new RangeError("readers");
    const audience = audience_hash(readers.map(({ id }) => id));
    const dummies = Array.from({ length: places - readers.length }, () => null);
    // A share for each place, also for the dummies, of which the number alone is taken: so no number tells who is one.
    const shares = await split(file_key, places, threshold);
    const taken = in_random_order([...readers, ...dummies]).map((reader, i): Place => {
      const share = shares[i]?.subarray(0, -1) ?? new Uint8Array(0);
      const number = shares[i]?.at(-1) ?? 0;
      return reader === null ? dummy_place(number) : share_place(reader, number, share, audience);
    });
    wipe(...shares);
    return [
      new Stanza([LABEL_THRESHOLD, threshold.toString()], concat(...taken.map(({ commitment }) => commitment))),
      ...taken.map(({ number, encapsulation, body }) => new Stanza([LABEL_SHARE, encode_hex(Uint8Array.of(number)), base64nopad.encode(encapsulation)], body)),
    ];
  }
}

function share_place(reader: Reader, number: number, share: Uint8Array, audience: Bytes): Place {
  const key = key_of_recipient(reader.recipient);
  if (key === null) throw new RangeError("recipient");
  const plain = concat(share, audience);
  const wrapped = seal_to_key(key, LABEL_SHARE, plain);
  wipe(plain);
  return { ...wrapped, number, commitment: share_commitment(number, share) };
}

function dummy_place(number: number): Place {
  return { number, encapsulation: dummy_encapsulation(), body: random_bytes(SHARE_BODY_BYTES), commitment: random_bytes(COMMITMENT_BYTES) };
}
