// SPDX-License-Identifier: AGPL-3.0-or-later
// Drops that are hers alone (docs/spec/drops.md): where they lie, and with which token they can be replaced or erased.

import { sha256 } from "@noble/hashes/sha2.js";
import { bytes_of_text, concat, type Bytes } from "./bytes";
import { derive } from "./derive";
import { drop_tag } from "./drop";
import type { Tag } from "./drop_index";
import { LABEL_DIARY_DELETION, LABEL_DIARY_ENTRY_ADDRESS, LABEL_DRAFT_ADDRESS, LABEL_DROP_DELETION, LABEL_LAST_OPENED_ADDRESS } from "./labels";

export interface OwnPlace {
  readonly address: Bytes;
  readonly tag: Tag;
}

function place(diary_root: Bytes, info: string): OwnPlace {
  const address = derive(diary_root, info);
  return { address, tag: drop_tag(address) };
}

export function entry_place(diary_root: Bytes, number: number): OwnPlace {
  return place(diary_root, LABEL_DIARY_ENTRY_ADDRESS + number.toString());
}

/** half: generation mod 2. */
export function draft_place(diary_root: Bytes, half: number, fragment: number): OwnPlace {
  return place(diary_root, LABEL_DRAFT_ADDRESS + half.toString() + "/" + fragment.toString());
}

export function last_opened_place(diary_root: Bytes): OwnPlace {
  return place(diary_root, LABEL_LAST_OPENED_ADDRESS);
}

/** save: of a draft's fragment, so that only who has read it can replace it. */
export function deletion_token(diary_root: Bytes, tag: Tag, save?: string): Bytes {
  return derive(diary_root, LABEL_DIARY_DELETION + tag + (save === undefined ? "" : "/" + save));
}

export function deletion_verifier(token: Bytes): Bytes {
  return sha256(concat(bytes_of_text(LABEL_DROP_DELETION), token)) as Bytes;
}
