// SPDX-License-Identifier: AGPL-3.0-or-later
// A file that goes along with a reply: what is refused before the tool is asked, and what it is sent as.

import { bytes_of_text, encode_base64, wipe } from "../src/protocol/bytes";
import { REPLY_FILE_BYTES_MAX, REPLY_FILE_NAME_BYTES_MAX } from "../src/protocol/reply_file";
import { visible_line } from "../src/visible";
import { say } from "./words";

export interface SentFile {
  readonly name: string;
  readonly content: string; // base64
}

/** Null where it can be sent. */
export function wrong_file({ name, size }: Pick<File, "name" | "size">): string | null {
  const words = say.reply.file;
  if (size === 0) return words.empty;
  if (size > REPLY_FILE_BYTES_MAX) return words.too_large;
  if (name === "" || bytes_of_text(name).length > REPLY_FILE_NAME_BYTES_MAX) return words.long_name;
  return visible_line(name) === name ? null : words.hidden_name;
}

/** Null where it cannot be read. */
export async function read_file(file: File): Promise<SentFile | null> {
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const content = encode_base64(bytes);
    wipe(bytes);
    return { name: file.name, content };
  } catch {
    return null;
  }
}
