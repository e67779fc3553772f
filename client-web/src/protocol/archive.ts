// SPDX-License-Identifier: AGPL-3.0-or-later
// The tar inside the seal: POSIX ustar, regular files, nothing that tells whose machine it was (docs/spec/report.md).

import { bytes_of_text, type Bytes } from "./bytes";

export const BLOCK_BYTES = 512;
export const MEMBER_BYTES_MAX = 8 * 1024 ** 3 - 1; // eleven octal digits
export const MEMBERS_MAX = 999;

export function member_bytes(content_bytes: number): number {
  return BLOCK_BYTES + content_bytes + gap_bytes(content_bytes);
}

/** Zeros between the end of a member's content and the next block. */
export function gap_bytes(content_bytes: number): number {
  return (BLOCK_BYTES - (content_bytes % BLOCK_BYTES)) % BLOCK_BYTES;
}

export const END_BYTES = 2 * BLOCK_BYTES;

export function encode_member_header(name: string, content_bytes: number): Bytes {
  if (!/^[a-z0-9./]{1,100}$/.test(name)) throw new RangeError("member name");
  if (!(content_bytes >= 0 && content_bytes <= MEMBER_BYTES_MAX)) throw new RangeError("member size");
  const header = new Uint8Array(BLOCK_BYTES);
  const put = (text: string, at: number): void => header.set(bytes_of_text(text), at);
  const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, "0") + "\0";
  put(name, 0);
  put(octal(0o600, 7), 100);
  put(octal(0, 7), 108);
  put(octal(0, 7), 116);
  put(octal(content_bytes, 11), 124);
  put(octal(0, 11), 136);
  put("        ", 148); // the sum is taken with blanks in its own place
  put("0", 156);
  put("ustar\0" + "00", 257);
  const sum = header.reduce((total, value) => total + value, 0);
  put(sum.toString(8).padStart(6, "0") + "\0 ", 148);
  return header;
}

/** attachments/001.jpg: her file's name is never a path, only a short plain extension is kept. */
export function attachment_member(index: number, original_name: string): string {
  const extension = /\.([A-Za-z0-9]{1,8})$/.exec(original_name)?.[1]?.toLowerCase();
  const number = (index + 1).toString().padStart(3, "0");
  return "attachments/" + number + (extension === undefined ? "" : "." + extension);
}
