// SPDX-License-Identifier: AGPL-3.0-or-later
// The file that comes with a reply (docs/spec/drops.md "A file with a message"), in the Worker that has the keys: its parts one after the
// other, only once she asks for it. The requests show that this visit has mail; the page says so before.

import { sha256 } from "@noble/hashes/sha2.js";
import { encode_hex, wipe, type Bytes } from "./protocol/bytes";
import type { ReporterKeys } from "./protocol/codename";
import { drop_tag, open_drop, reply_file_address } from "./protocol/drop";
import { DROP_PLAIN_BYTES, type Tag } from "./protocol/drop_index";
import type { Reply } from "./protocol/reply";
import type { ReplyFile } from "./protocol/reply_file";

/** missing: a part is not there. wrong: it is not what was signed. */
export type FileFault = "missing" | "wrong";

export const parts_of = (file: ReplyFile): number => Math.ceil(file.bytes / DROP_PLAIN_BYTES);

/** Throws what the line throws. progress: parts that are here. */
export async function fetch_reply_file(
  keys: Pick<ReporterKeys, "mailbox_root" | "reply_seed">, of: Pick<Reply, "caseworker" | "number">, file: ReplyFile,
  line: { get(tag: Tag): Promise<Bytes | null> }, progress: (done: number) => void,
): Promise<Bytes | FileFault> {
  const parts = parts_of(file);
  const whole = new Uint8Array(parts * DROP_PLAIN_BYTES);
  try {
    for (let part = 0; part < parts; part += 1) {
      progress(part);
      const body = await line.get(drop_tag(reply_file_address(keys.mailbox_root, of.caseworker, of.number, part)));
      if (body === null) return "missing";
      const content = await open_drop(body, keys.reply_seed);
      if (content === null) return "wrong";
      whole.set(content, part * DROP_PLAIN_BYTES); // the zeros that it was cut by are there already
      wipe(content);
    }
    const bytes = whole.slice(0, file.bytes);
    const good = whole.subarray(file.bytes).every((byte) => byte === 0) && encode_hex(sha256(bytes)) === file.sha256;
    if (!good) wipe(bytes);
    return good ? bytes : "wrong";
  } finally {
    wipe(whole);
  }
}
