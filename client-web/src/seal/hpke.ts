// SPDX-License-Identifier: AGPL-3.0-or-later
// HPKE (RFC 9180), base mode, one message to a key of age's type mlkem768x25519, without additional data. age's own recipient does the
// same with an info string of its own, and does not give out the key schedule.

import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { expand, extract } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { MLKEM768X25519 } from "@noble/post-quantum/hybrid.js";
import { bytes_of_text, concat, wipe, type Bytes } from "../protocol/bytes";

const NOTHING = new Uint8Array(0);
const MODE_BASE = 0;
/** KEM, KDF and AEAD by their numbers: ML-KEM-768 with X25519, HKDF-SHA256, ChaCha20-Poly1305. */
const SUITE = concat(bytes_of_text("HPKE"), Uint8Array.of(0x64, 0x7a, 0x00, 0x01, 0x00, 0x03));

const labelled = (label: string, rest: Uint8Array): Bytes => concat(bytes_of_text("HPKE-v1"), SUITE, bytes_of_text(label), rest);
const extracted = (salt: Uint8Array, label: string, secret: Uint8Array): Uint8Array => extract(sha256, labelled(label, secret), salt);
const expanded = (secret: Uint8Array, label: string, context: Uint8Array, length: number): Uint8Array =>
  expand(sha256, secret, concat(Uint8Array.of(0, length), labelled(label, context)), length);

/** Of the first message, whose nonce is the base nonce itself. */
export function key_schedule(shared_secret: Uint8Array, info: Uint8Array): { readonly key: Uint8Array; readonly nonce: Uint8Array } {
  const context = concat(Uint8Array.of(MODE_BASE), extracted(NOTHING, "psk_id_hash", NOTHING), extracted(NOTHING, "info_hash", info));
  const secret = extracted(shared_secret, "secret", NOTHING);
  const made = { key: expanded(secret, "key", context, 32), nonce: expanded(secret, "base_nonce", context, 12) };
  wipe(secret);
  return made;
}

export interface Wrapped {
  readonly encapsulation: Uint8Array; // 1120 bytes
  readonly body: Uint8Array; // 16 bytes longer than what is in it
}

/** public_key: 1216 bytes. */
export function seal_to_key(public_key: Uint8Array, info: string, plain: Uint8Array): Wrapped {
  const { cipherText, sharedSecret } = MLKEM768X25519.encapsulate(public_key);
  const { key, nonce } = key_schedule(sharedSecret, bytes_of_text(info));
  const body = chacha20poly1305(key, nonce).encrypt(plain);
  wipe(sharedSecret, key);
  return { encapsulation: cipherText, body };
}
