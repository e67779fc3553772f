// SPDX-License-Identifier: AGPL-3.0-or-later
// How somebody who held a report back can be asked first (docs/spec/matching.md "Shares"). No cryptography here: the page's own script uses it too.

import { bytes_of_text } from "./bytes";

export const CONTACT_TEXT_BYTES = 1024;

/** 1 to 1024 bytes, no control characters but line feeds. */
export function is_contact(text: string): boolean {
  return text !== "" && contact_bytes_too_many(text) === 0 && !/[\u0000-\u0009\u000b-\u001f]|\p{Surrogate}/u.test(text);
}

export function contact_bytes_too_many(text: string): number {
  return Math.max(0, bytes_of_text(text).length - CONTACT_TEXT_BYTES);
}
