// SPDX-License-Identifier: AGPL-3.0-or-later
// C2SP signed notes (c2sp.org/signed-note) with Ed25519 keys. A note that was parsed is not yet verified:
// only signed_by() says whose it is.

import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytes_of_text, concat, decode_base64, encode_base64, encode_hex, equal, type Bytes } from "./bytes";

const NOTE_BYTES_MAX = 1024 * 1024;
/** Of a receipt or a sealing key. */
export const SMALL_NOTE_BYTES_MAX = 16 * 1024;
const SIGNATURES_MAX = 64;
const NAME_BYTES_MAX = 255;
const ED25519 = 0x01;

export interface Verifier {
  readonly name: string;
  readonly hash: Bytes; // 4 bytes
  readonly key: Bytes; // 32 bytes
}

export interface Signature {
  readonly name: string;
  readonly hash: Bytes;
  readonly bytes: Bytes;
}

export interface Note {
  readonly text: string; // ends with a line feed; this is what is signed
  readonly signatures: readonly Signature[];
}

export function key_hash(name: string, key: Uint8Array): Bytes {
  return sha256(concat(bytes_of_text(name + "\n"), Uint8Array.of(ED25519), key)).slice(0, 4) as Bytes;
}

export function encode_verifier(name: string, key: Uint8Array): string {
  return name + "+" + encode_hex(key_hash(name, key)) + "+" + encode_base64(concat(Uint8Array.of(ED25519), key));
}

/** White space is Unicode's, which is not that of \s: U+0085 is, U+FEFF is not. */
function is_note_name(name: string): boolean {
  if (name === "" || bytes_of_text(name).length > NAME_BYTES_MAX) return false;
  return !/[\u0000-\u0020+\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/.test(name);
}

/** candour/KIND/LABEL (docs/spec/keys.md). */
export function is_key_name(name: string, kind: "root-key" | "receipt"): boolean {
  return name.startsWith("candour/" + kind + "/") && /^[a-z0-9-]{1,32}$/.test(name.slice(kind.length + 9));
}

/** name+hash+base64(0x01 ‖ key), or null. */
export function parse_verifier(text: string): Verifier | null {
  const match = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  if (match === null || !is_note_name(match[1] ?? "")) return null;
  const [, name = "", hash = "", encoded = ""] = match;
  const tagged = decode_base64(encoded);
  if (tagged === null || tagged.length !== 33 || tagged[0] !== ED25519) return null;
  const key = tagged.slice(1);
  const expected = key_hash(name, key);
  return encode_hex(expected) === hash ? { name, hash: expected, key } : null;
}

function parse_signature(line: string): Signature | null {
  const match = /^— ([^ ]+) ([A-Za-z0-9+/=]+)$/.exec(line);
  if (match === null || !is_note_name(match[1] ?? "")) return null;
  const bytes = decode_base64(match[2] ?? "");
  if (bytes === null || bytes.length < 5) return null;
  return { name: match[1] ?? "", hash: bytes.slice(0, 4), bytes: bytes.slice(4) };
}

/** whole: decoded strictly, see text_of_bytes(). The rule is that of crypto/core/note.h. */
export function parse_note(whole: string, bytes_max = NOTE_BYTES_MAX): Note | null {
  if (bytes_of_text(whole).length > bytes_max) return null;
  const split = whole.lastIndexOf("\n\n");
  if (split < 0 || !whole.endsWith("\n")) return null;
  if (/[\u0000-\u0009\u000b-\u001f]/.test(whole)) return null; // C2SP: no control character below U+0020 but the line feed
  const lines = whole.slice(split + 2, -1).split("\n");
  if (lines.length > SIGNATURES_MAX) return null;
  const signatures: Signature[] = [];
  for (const line of lines) {
    const signature = parse_signature(line);
    if (signature === null) return null;
    signatures.push(signature);
  }
  return { text: whole.slice(0, split + 1), signatures };
}

export type Verdict = "good" | "wrong" | "absent";

export function signed_by(note: Note, verifier: Verifier): Verdict {
  const mine = note.signatures.filter((s) => s.name === verifier.name && equal(s.hash, verifier.hash));
  if (mine.length === 0) return "absent";
  const text = bytes_of_text(note.text);
  const good = mine.every((s) => s.bytes.length === 64 && verify(s.bytes, text, verifier.key));
  return good ? "good" : "wrong";
}

function verify(signature: Bytes, text: Bytes, key: Bytes): boolean {
  try {
    return ed25519.verify(signature, text, key, { zip215: false });
  } catch {
    return false; // the library throws on points that are not on the curve
  }
}

export function sign_note(text: string, name: string, seed: Uint8Array): string {
  const hash = key_hash(name, ed25519.getPublicKey(seed));
  const signature = ed25519.sign(bytes_of_text(text), seed);
  return text + "\n— " + name + " " + encode_base64(concat(hash, signature)) + "\n";
}
