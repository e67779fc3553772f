// SPDX-License-Identifier: AGPL-3.0-or-later
// What a reply says of the file that comes with it (docs/spec/drops.md). The file itself lies in drops of its own, which nothing signs:
// what it is is known by the hash alone.

import { bytes_of_text } from "./bytes";

export const REPLY_FILE_BYTES_MAX = 524_288;
export const REPLY_FILE_NAME_BYTES_MAX = 200;

export interface ReplyFile {
  readonly bytes: number;
  readonly sha256: string; // in hex
  /** As its sender wrote it: shown through visible.ts, saved under another. */
  readonly name: string;
}

/** line: what stands behind "file ". That no control character is in it is a rule for all of a signed note. */
export function parse_reply_file(line: string): ReplyFile | null {
  const match = /^([1-9][0-9]{0,5}) ([0-9a-f]{64}) ([^\n]+)$/.exec(line);
  if (match === null) return null;
  const [, count = "", sha256 = "", name = ""] = match;
  const bytes = Number(count);
  if (bytes > REPLY_FILE_BYTES_MAX || bytes_of_text(name).length > REPLY_FILE_NAME_BYTES_MAX) return null;
  return { bytes, sha256, name };
}
