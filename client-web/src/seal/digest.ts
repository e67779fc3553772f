// SPDX-License-Identifier: AGPL-3.0-or-later
// SHA-256 of content that comes in pieces. Up to a bound the pieces are kept and the browser's own code hashes them at the end,
// because JavaScript without a JIT (Tor Browser, Safer) needs a second for each MiB; beyond it, memory must not grow.

import { sha256 } from "@noble/hashes/sha2.js";
import { concat, encode_hex } from "../protocol/bytes";

const KEPT_BYTES_MAX = 24 * 1024 * 1024;

export class Digest {
  private kept: Uint8Array[] = [];
  private running: ReturnType<typeof sha256.create> | null = null;

  /** total_bytes: how much will come. */
  constructor(total_bytes: number) {
    // Browsers offer crypto.subtle in secure contexts only; onion services over http count in Tor Browser, other http does not.
    const native = typeof crypto.subtle !== "undefined" && total_bytes <= KEPT_BYTES_MAX;
    if (!native) this.running = sha256.create();
  }

  /** The piece must not be changed afterwards. */
  update(piece: Uint8Array): void {
    if (this.running !== null) this.running.update(piece);
    else this.kept.push(piece);
  }

  async finish(): Promise<string> {
    if (this.running !== null) return encode_hex(this.running.digest());
    const whole = concat(...this.kept);
    this.kept = [];
    return encode_hex(new Uint8Array(await crypto.subtle.digest("SHA-256", whole)));
  }
}
