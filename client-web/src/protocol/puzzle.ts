// SPDX-License-Identifier: AGPL-3.0-or-later
// Work for an anonymous put (docs/spec/drops.md, Resources): a nonce that makes a hash begin with some zero bits. The browser's own
// code hashes where it may: without a JIT (Tor Browser, Safer) 4096 tries took it 0.12 s, JavaScript 0.4 s.

import { sha256 } from "@noble/hashes/sha2.js";
import { bytes_of_text, concat, text_of_bytes, type Bytes } from "./bytes";
import type { Tag } from "./drop_index";
import * as json from "./json";
import { LABEL_PUZZLE } from "./labels";

const PUZZLE_BYTES = 24;
const NONCE_BYTES = 8;
const BITS_MAX = 20; // a server that asks for more would only drain her battery
const NATIVE_BATCH = 32;
const SCRIPT_BATCH = 512;

export interface Puzzle {
  readonly bytes: Bytes;
  readonly bits: number;
}

/** Null: not what a server of ours says. */
export function parse_puzzle(answer: Bytes): Puzzle | null {
  try {
    const fields = json.as_object(json.parse_json(text_of_bytes(answer)), "puzzle");
    const bits = json.as_count(fields["bits"], "bits", 0, BITS_MAX);
    const hex = fields["puzzle"];
    if (typeof hex !== "string" || !/^[0-9a-f]{48}$/.test(hex)) return null;
    const bytes = Uint8Array.from({ length: PUZZLE_BYTES }, (_, i) => parseInt(hex.slice(2 * i, 2 * i + 2), 16));
    return bytes[0] === bits ? { bytes, bits } : null;
  } catch (error) {
    if (error instanceof json.Malformed || error instanceof TypeError) return null; // TypeError: not UTF-8
    throw error;
  }
}

/** Puzzle ‖ nonce. between() is awaited again and again, with how many nonces were tried: it may throw to stop. */
export async function solve_puzzle(puzzle: Puzzle, tag: Tag, body: Bytes, between: (tried: number) => Promise<void>): Promise<Bytes> {
  const tag_bytes = Uint8Array.from(tag.match(/../g) ?? [], (hex) => parseInt(hex, 16));
  const start = concat(bytes_of_text(LABEL_PUZZLE), puzzle.bytes, tag_bytes, sha256(body));
  const native = typeof crypto.subtle !== "undefined";
  const batch = native ? NATIVE_BATCH : SCRIPT_BATCH;
  for (let tried = 0; ; tried += batch) {
    const nonces = Array.from({ length: batch }, (_, i) => nonce_bytes(tried + i));
    const hashes = native ? await hash_native(start, nonces) : await hash_in_script(start, nonces);
    const found = nonces.find((_, i) => starts_with_zeros(hashes[i], puzzle.bits));
    if (found !== undefined) return concat(puzzle.bytes, found);
    await between(tried + batch);
  }
}

function nonce_bytes(number: number): Bytes {
  const nonce = new Uint8Array(NONCE_BYTES);
  new DataView(nonce.buffer).setUint32(NONCE_BYTES - 4, number);
  return nonce;
}

async function hash_native(start: Bytes, nonces: readonly Bytes[]): Promise<Uint8Array[]> {
  const digests = await Promise.all(nonces.map((nonce) => crypto.subtle.digest("SHA-256", concat(start, nonce))));
  return digests.map((digest) => new Uint8Array(digest));
}

async function hash_in_script(start: Bytes, nonces: readonly Bytes[]): Promise<Uint8Array[]> {
  await new Promise((resolve) => setTimeout(resolve)); // so that an order to stop is heard
  const begun = sha256.create().update(start);
  return nonces.map((nonce) => begun.clone().update(nonce).digest());
}

function starts_with_zeros(hash: Uint8Array | undefined, bits: number): boolean {
  if (hash === undefined) return false;
  const [a = 1, b = 1, c = 1] = hash;
  return Math.clz32((a << 16) | (b << 8) | c) - 8 >= bits;
}
