// SPDX-License-Identifier: AGPL-3.0-or-later
// Bytes, and the encodings the protocol uses. Decoding is strict: only the one canonical spelling is accepted.

export type Bytes = Uint8Array<ArrayBuffer>;

export function bytes_of_text(text: string): Bytes {
  return new TextEncoder().encode(text) as Bytes;
}

/** Strict UTF-8; a byte order mark is kept, because a signature covers it. */
export function text_of_bytes(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

export function concat(...pieces: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

export function encode_hex(bytes: Uint8Array): string {
  return Array.from(bytes, (value) => value.toString(16).padStart(2, "0")).join("");
}

export function is_hex32(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

export function encode_base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (value) => String.fromCharCode(value)).join("")); // a call with half a million arguments fails
}

export function decode_base64(text: string): Bytes | null {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return null;
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  return encode_base64(bytes) === text ? bytes : null;
}

export function random_bytes(count: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(count));
}

/** Best effort: the engine may have copied what was here. */
export function wipe(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) secret.fill(0);
}
