// SPDX-License-Identifier: AGPL-3.0-or-later
// Bytes of a file that may be anything, hostile too. Whatever lies outside reads as zero or as nothing, so no reader can throw;
// and no reader gets more of a file than its budget.

import type { Bytes } from "../protocol/bytes";

const TEXT_CHARACTERS_MAX = 120;

export class View {
  constructor(readonly bytes: Uint8Array, readonly little = false) {}

  get length(): number {
    return this.bytes.length;
  }

  holds(at: number, count: number): boolean {
    return at >= 0 && count >= 0 && at + count <= this.bytes.length;
  }

  u8(at: number): number {
    return this.bytes[at] ?? 0;
  }

  u16(at: number): number {
    return this.little ? this.u8(at) + this.u8(at + 1) * 0x100 : this.u8(at) * 0x100 + this.u8(at + 1);
  }

  u32(at: number): number {
    return this.little ? this.u16(at) + this.u16(at + 2) * 0x10000 : this.u16(at) * 0x10000 + this.u16(at + 2);
  }

  i32(at: number): number {
    return this.u32(at) | 0;
  }

  /** Big numbers lose their low bits: good enough for sizes, which are compared with what is there. */
  u64(at: number): number {
    return this.u32(at) * 2 ** 32 + this.u32(at + 4);
  }

  part(at: number, count: number, little = this.little): View {
    return new View(this.holds(at, count) ? this.bytes.subarray(at, at + count) : new Uint8Array(0), little);
  }

  /** Four characters that name a chunk or a box; "©" is one byte. */
  name(at: number): string {
    return String.fromCharCode(this.u8(at), this.u8(at + 1), this.u8(at + 2), this.u8(at + 3));
  }

  begins(text: string, at = 0): boolean {
    return this.holds(at, text.length) && Array.from(text).every((c, i) => this.u8(at + i) === c.charCodeAt(0));
  }

  /** What a person could read of it, up to the first NUL; short, and without what could steer a terminal or turn the line around. */
  readable(at = 0, count = this.length): string {
    const whole = this.part(at, Math.min(count, Math.max(0, this.length - at))).bytes;
    const end = whole.indexOf(0);
    const raw = new TextDecoder().decode(whole.subarray(0, Math.min(end < 0 ? whole.length : end, 4 * TEXT_CHARACTERS_MAX)));
    return raw.replace(/[\p{C}\s]+/gu, " ").trim().slice(0, TEXT_CHARACTERS_MAX);
  }
}

const WINDOW_BYTES = 64 * 1024;

/** A file, read by slices; small reads that are near each other cost one. */
export class Source {
  private window = new View(new Uint8Array(0));
  private window_at = 0;

  constructor(private readonly blob: Blob, private budget: number) {}

  get size(): number {
    return this.blob.size;
  }

  /** Fewer bytes at the end of the file; none once the budget is spent or the file cannot be read. */
  async read(at: number, count: number): Promise<View> {
    const there = Math.max(0, Math.min(count, this.size - at));
    if (this.window.holds(at - this.window_at, there)) return this.window.part(at - this.window_at, there);
    const wanted = Math.min(Math.max(there, WINDOW_BYTES), this.size - at);
    if (there === 0 || wanted > this.budget) return new View(new Uint8Array(0));
    this.budget -= wanted;
    try {
      this.window = new View(new Uint8Array(await this.blob.slice(at, at + wanted).arrayBuffer()));
    } catch {
      this.window = new View(new Uint8Array(0));
    }
    this.window_at = at;
    return this.window.part(0, there);
  }
}

/** What a copy is made of: bytes of ours, and stretches of the original that are never in memory. */
export type Piece = Bytes | { readonly from: number; readonly until: number };

export function assemble(original: Blob, pieces: readonly Piece[]): Blob[] {
  return pieces.map((piece) => (piece instanceof Uint8Array ? new Blob([piece]) : original.slice(piece.from, piece.until)));
}
