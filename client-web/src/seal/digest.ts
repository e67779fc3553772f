// SPDX-License-Identifier: AGPL-3.0-or-later
// SHA-256 of content that comes in pieces. Up to a bound (a photo) it is kept and the browser's own code hashes it at the end,
// because JavaScript without a JIT (Tor Browser, Safer) needs a second for each MiB; beyond it, memory must not grow.

import { sha256 } from "@noble/hashes/sha2.js";
import { encode_hex, wipe, type Bytes } from "../protocol/bytes";

const KEPT_BYTES_MAX = 12 * 1024 * 1024;

export class Digest {
  private readonly kept: Bytes | null;
  private used = 0;
  private readonly running = sha256.create();

  /** total_bytes: how much will come. */
  constructor(total_bytes: number) {
    // Browsers offer crypto.subtle in secure contexts only; onion services over http count in Tor Browser, other http does not.
    const native = typeof crypto.subtle !== "undefined" && total_bytes <= KEPT_BYTES_MAX;
    this.kept = native ? new Uint8Array(total_bytes) : null;
  }

  update(piece: Uint8Array): void {
    if (this.kept === null) return void this.running.update(piece);
    this.kept.set(piece, this.used);
    this.used += piece.length;
  }

  async finish(): Promise<string> {
    if (this.kept === null) return encode_hex(this.running.digest());
    const digest = await crypto.subtle.digest("SHA-256", this.kept.subarray(0, this.used));
    wipe(this.kept);
    return encode_hex(new Uint8Array(digest));
  }
}
