// SPDX-License-Identifier: AGPL-3.0-or-later
// Recipients of age's post-quantum type mlkem768x25519 (c2sp.org/age), and the dummies that fill unused places.

import { MLKEM768X25519 } from "@noble/post-quantum/hybrid.js";
import { base64nopad, bech32 } from "@scure/base";
import { Stanza, type Recipient } from "age-encryption";
import { random_bytes, wipe, type Bytes } from "./bytes";

const PREFIX = "age1pq";
const IDENTITY_PREFIX = "age-secret-key-pq-";
const PUBLIC_KEY_BYTES = 1216;
const COEFFICIENTS_BYTES = 1152;
const Q = 3329;

export function recipient_of_seed(seed: Bytes): string {
  const { publicKey } = MLKEM768X25519.keygen(seed);
  return bech32.encode(PREFIX, bech32.toWords(publicKey), false);
}

/** The secret half, as age writes it. */
export function identity_of_seed(seed: Bytes): string {
  return bech32.encode(IDENTITY_PREFIX, bech32.toWords(seed), false).toUpperCase();
}

export function is_recipient(text: string): boolean {
  return key_of_recipient(text) !== null;
}

/** Null where it is none that can be sealed to. */
export function key_of_recipient(text: string): Uint8Array | null {
  if (!/^age1pq1[0-9a-z]+$/.test(text)) return null;
  try {
    const { prefix, words } = bech32.decode(text as `${string}1${string}`, false);
    const key = bech32.fromWords(words);
    return prefix === PREFIX && key.length === PUBLIC_KEY_BYTES && is_reduced(key) ? key : null;
  } catch {
    return null;
  }
}

/** FIPS 203, 7.2: every 12-bit coefficient of an ML-KEM key is below q. Nobody can seal to another, so one such key would shut a desk. */
function is_reduced(key: Uint8Array): boolean {
  const at = (i: number): number => key[i] ?? 0;
  for (let i = 0; i < COEFFICIENTS_BYTES; i += 3) {
    const low = at(i) | ((at(i + 1) & 15) << 8);
    const high = (at(i + 1) >> 4) | (at(i + 2) << 4);
    if (low >= Q || high >= Q) return false;
  }
  return true;
}

/** To nobody: the secret half of its key is dropped. From outside it is like any other. */
export function dummy_encapsulation(): Uint8Array {
  const { secretKey, publicKey } = MLKEM768X25519.keygen();
  wipe(secretKey);
  return MLKEM768X25519.encapsulate(publicKey).cipherText;
}

/** Nobody can open it, and the body is noise. */
export class DummyRecipient implements Recipient {
  wrapFileKey(): Stanza[] {
    return [new Stanza(["mlkem768x25519", base64nopad.encode(dummy_encapsulation())], random_bytes(32))];
  }
}
