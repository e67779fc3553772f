// SPDX-License-Identifier: AGPL-3.0-or-later
// The one key derivation of the protocol: HKDF-SHA256, empty salt, 32 bytes (docs/spec/labels.md).

import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytes_of_text, type Bytes } from "./bytes";

export function derive(secret: Uint8Array, info: string): Bytes {
  return hkdf(sha256, secret, undefined, bytes_of_text(info), 32) as Bytes;
}
