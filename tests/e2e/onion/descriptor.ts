// SPDX-License-Identifier: AGPL-3.0-or-later
// What an onion service tells its clients: the inner layer of a descriptor of version 3 (rend-spec-v3), for one without client authorisation.

import { createDecipheriv, createHash } from "node:crypto";
import { base32nopad } from "@scure/base";

const [SALT_BYTES, KEY_BYTES, IV_BYTES, MAC_BYTES] = [16, 32, 16, 32];
const SIGNED_WITH_KEY = 4; // the extension of the certificate that holds the blinded key

const sha3 = (...parts: readonly (Buffer | string)[]): Buffer => parts.reduce((hash, part) => hash.update(part), createHash("sha3-256")).digest();

function blob_after(text: string, keyword: string): Buffer {
  const base64 = new RegExp(`^${keyword}\\r?\\n-----BEGIN [A-Z0-9 ]+-----([^-]+)-----END`, "m").exec(text)?.[1];
  if (base64 === undefined) throw new Error("no " + keyword + " in the descriptor");
  return Buffer.from(base64, "base64");
}

function blinded_key(certificate: Buffer): Buffer {
  let at = 40; // version, type, hours, key type, key, number of extensions
  for (let left = certificate[39] ?? 0; left > 0; left -= 1) {
    const bytes = certificate.readUInt16BE(at);
    if (certificate[at + 2] === SIGNED_WITH_KEY) return certificate.subarray(at + 4, at + 4 + bytes);
    at += 4 + bytes;
  }
  throw new Error("no blinded key in the descriptor");
}

export function inner_layer(descriptor: string, host: string): string {
  const service_key = Buffer.from(base32nopad.decode(host.replace(".onion", "").toUpperCase())).subarray(0, 32);
  const blinded = blinded_key(blob_after(descriptor, "descriptor-signing-key-cert"));
  const subcredential = sha3("subcredential", sha3("credential", service_key), blinded);
  const revision = Buffer.alloc(8);
  revision.writeBigUInt64BE(BigInt(/^revision-counter (\d+)/m.exec(descriptor)?.[1] ?? 0));
  const open = (sealed: Buffer, label: string): string => {
    const salt = sealed.subarray(0, SALT_BYTES);
    const hash = createHash("shake256", { outputLength: KEY_BYTES + IV_BYTES + MAC_BYTES });
    const keys = hash.update(blinded).update(subcredential).update(revision).update(salt).update(label).digest();
    const decipher = createDecipheriv("aes-256-ctr", keys.subarray(0, KEY_BYTES), keys.subarray(KEY_BYTES, KEY_BYTES + IV_BYTES));
    return decipher.update(sealed.subarray(SALT_BYTES, -MAC_BYTES)).toString("latin1");
  };
  const outer = open(blob_after(descriptor, "superencrypted"), "hsdir-superencrypted-data");
  return open(blob_after(outer, "encrypted"), "hsdir-encrypted-data");
}
