// SPDX-License-Identifier: AGPL-3.0-or-later
// Those who hold shares of a report (docs/spec/threshold.md), as an identity of the age library, which then checks the MAC and opens the rest.

import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { MLKEM768X25519 } from "@noble/post-quantum/hybrid.js";
import { base64nopad, bech32 } from "@scure/base";
import { Decrypter, type Identity, type Stanza } from "age-encryption";
import { combine } from "shamir-secret-sharing";
import { bytes_of_text, concat, equal } from "../../../client-web/src/protocol/bytes";
import { key_schedule } from "../../../client-web/src/seal/hpke";
import { share_commitment } from "../../../client-web/src/seal/threshold";

export interface HeldShare {
  /** Among the share stanzas, from 0. */
  readonly place: number;
  readonly number: number;
  readonly share: Uint8Array;
  readonly audience: Uint8Array;
  readonly committed: boolean;
}

/** Null where none of the stanzas is for this identity. */
export function find_share(stanzas: readonly Stanza[], identity: string): HeldShare | null {
  const seed = bech32.decodeToBytes(identity).bytes;
  const [first, ...shares] = stanzas;
  for (const [place, { args: [, number = "", encapsulation = ""], body }] of shares.entries()) {
    const { key, nonce } = key_schedule(MLKEM768X25519.decapsulate(base64nopad.decode(encapsulation), seed), bytes_of_text("candour/v1/share"));
    let plain: Uint8Array;
    try {
      plain = chacha20poly1305(key, nonce).decrypt(body);
    } catch {
      continue; // another's, or a dummy
    }
    const [share, x] = [plain.subarray(0, 16), Number.parseInt(number, 16)];
    const committed = equal(share_commitment(x, share), first?.body.subarray(32 * place, 32 * place + 32) ?? new Uint8Array(0));
    return { place, number: x, share, audience: plain.subarray(16), committed };
  }
  return null;
}

export class ShareHolders implements Identity {
  stanzas: readonly Stanza[] = [];
  readonly held: HeldShare[] = [];

  constructor(private readonly identities: readonly string[]) {}

  async unwrapFileKey(stanzas: Stanza[]): Promise<Uint8Array | null> {
    this.stanzas = stanzas;
    this.held.push(...this.identities.flatMap((identity) => find_share(stanzas, identity) ?? []));
    if (this.held.length < 2) return null; // the library combines no single one
    return combine(this.held.map(({ share, number }) => concat(share, Uint8Array.of(number))));
  }
}

/** Throws where they do not hold enough of it. */
export async function open_together(sealed: Uint8Array, identities: readonly string[]): Promise<{ readonly plain: Uint8Array; readonly holders: ShareHolders }> {
  const holders = new ShareHolders(identities);
  const decrypter = new Decrypter();
  decrypter.addIdentity(holders);
  return { plain: await decrypter.decrypt(new Uint8Array(sealed)), holders };
}
