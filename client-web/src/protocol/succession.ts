// SPDX-License-Identifier: AGPL-3.0-or-later
// Another codename (docs/spec/drops.md): the old one signs which key comes after it, so that nobody else can turn answers away from her.

import { encode_base64, type Bytes } from "./bytes";
import { LABEL_SUCCESSION } from "./labels";
import { AUTHOR_KEY_NAME } from "./manifest";
import { sign_note } from "./note";

/** thread: report id 0 of the old codename, in hex. */
export function sign_succession(old_authorship_seed: Bytes, thread: string, new_authorship_key: Bytes): string {
  const text = LABEL_SUCCESSION + "\nthread " + thread + "\nauthorship " + encode_base64(new_authorship_key) + "\n";
  return sign_note(text, AUTHOR_KEY_NAME, old_authorship_seed);
}
