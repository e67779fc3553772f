// SPDX-License-Identifier: AGPL-3.0-or-later
// Drops (docs/spec/drops.md): where her replies lie, and sealing and opening a body. All bodies have one size, whatever is in them.

import { sha256 } from "@noble/hashes/sha2.js";
import { Decrypter, Encrypter } from "age-encryption";
import { bytes_of_text, concat, encode_hex, type Bytes } from "./bytes";
import { derive } from "./derive";
import { DROP_BODY_BYTES, DROP_PLAIN_BYTES, TAG_BYTES, type Tag } from "./drop_index";
import { LABEL_DROP_TAG, LABEL_REPLY_ADDRESS, LABEL_REPLY_FILE_ADDRESS } from "./labels";
import { identity_of_seed } from "./recipient";

const NUMBERS_ALWAYS_TRIED = 32;
const NUMBER_MAX = 999;
/** Further on, a number is tried where one of so many before it is there. */
const GAP_MAX = 8;

export function reply_address(mailbox_root: Bytes, caseworker: string, number: number): Bytes {
  return derive(mailbox_root, LABEL_REPLY_ADDRESS + caseworker + "/" + number.toString());
}

/** part: of the file that comes with a reply. */
export function reply_file_address(mailbox_root: Bytes, caseworker: string, number: number, part: number): Bytes {
  return derive(mailbox_root, LABEL_REPLY_FILE_ADDRESS + caseworker + "/" + number.toString() + "/" + part.toString());
}

export function drop_tag(address: Bytes): Tag {
  return encode_hex(sha256(concat(bytes_of_text(LABEL_DROP_TAG), address)).subarray(0, TAG_BYTES));
}

/** Where a reply of hers lies, by what she knows about it before it is fetched. */
export interface ReplyPlace {
  readonly tag: Tag;
  readonly caseworker: string;
  readonly number: number;
}

/** Her replies in the index. Drops end each at a day of its own, so what is left of a long exchange may begin anywhere. */
export function find_replies(index: { has(tag: Tag): boolean }, mailbox_root: Bytes, caseworkers: readonly string[]): ReplyPlace[] {
  return caseworkers.flatMap((caseworker) => {
    const found: ReplyPlace[] = [];
    let last = -1;
    for (let number = 0; number <= NUMBER_MAX && (number < NUMBERS_ALWAYS_TRIED || number - last <= GAP_MAX); number += 1) {
      const tag = drop_tag(reply_address(mailbox_root, caseworker, number));
      if (!index.has(tag)) continue;
      last = number;
      found.push({ tag, caseworker, number });
    }
    return found;
  });
}

/** content: at most 16384 bytes and without a zero at its end, which would be lost among those that fill it up. */
export async function seal_drop(content: Bytes, recipient: string): Promise<Bytes> {
  if (content.length > DROP_PLAIN_BYTES || content.at(-1) === 0) throw new RangeError("drop content");
  const plain = new Uint8Array(DROP_PLAIN_BYTES);
  plain.set(content);
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const body = new Uint8Array(await encrypter.encrypt(plain));
  if (body.length !== DROP_BODY_BYTES) throw new RangeError("drop body");
  return body;
}

/** The content without its zeros, or null: not hers, damaged, or of another size. */
export async function open_drop(body: Bytes, seed: Bytes): Promise<Bytes | null> {
  if (body.length !== DROP_BODY_BYTES) return null;
  let plain: Uint8Array;
  try {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity_of_seed(seed));
    plain = await decrypter.decrypt(body);
  } catch {
    return null; // the library throws for everything that is no age file for this key
  }
  if (plain.length !== DROP_PLAIN_BYTES) return null;
  let end = plain.length;
  while (end > 0 && plain[end - 1] === 0) end -= 1;
  return plain.slice(0, end) as Bytes;
}
