// SPDX-License-Identifier: AGPL-3.0-or-later
// A reply (docs/spec/drops.md): a caseworker's signed note to one reporter. It exists only if it was checked against the place where
// it lay: somebody who holds a drop's address, or moves a note from one place to another, cannot speak as a caseworker.

import { text_of_bytes, type Bytes } from "./bytes";
import { is_day, type Day } from "./day";
import type { ReplyPlace } from "./drop";
import { LABEL_REPLY } from "./labels";
import { key_hash, parse_note, signed_by } from "./note";
import { parse_reply_file, type ReplyFile } from "./reply_file";
import type { Caseworker } from "./roster";

/** Of the words of a message. */
const WORDS_BYTES_MAX = 14000;

export interface Reply {
  readonly caseworker: string; // id
  readonly number: number;
  readonly day: Day;
  /** "opened" has no words: her client says by itself that a person has opened the report. */
  readonly kind: "message" | "opened";
  readonly words: string;
  /** What comes with a message; null for most. */
  readonly file: ReplyFile | null;
}

/** content: of an opened drop. author: of the place, from a checked roster. recipient: hers to whom it must be addressed. */
export function check_reply(content: Bytes, place: ReplyPlace, author: Caseworker, recipient: string): Reply | null {
  if (author.revoked || author.id !== place.caseworker) return null;
  let whole: string;
  try {
    whole = text_of_bytes(content);
  } catch {
    return null;
  }
  const note = parse_note(whole);
  const name = "candour/caseworker/" + author.id;
  if (note === null || signed_by(note, { name, hash: key_hash(name, author.signing_key), key: author.signing_key }) !== "good") return null;

  const match = /^(.*)\nreport ([0-9a-f]{64})\nsha256 ([0-9a-f]{64})\nto (.*)\nnumber (.*)\nday (.*)\nkind (message|opened)\n(?:file ([^\n]*)\n)?text\n([^]*)$/.exec(note.text);
  if (match === null) return null;
  const [, label, , , to, number, day = "", kind, described, rest = ""] = match;
  if (label !== LABEL_REPLY || to !== recipient || number !== place.number.toString() || !is_day(day)) return null;
  const place_and_day = { caseworker: author.id, number: place.number, day };
  if (kind === "opened") return rest === "" && described === undefined ? { ...place_and_day, kind, words: "", file: null } : null;
  const words = rest.slice(0, -1); // the note's own last line feed
  const bytes = new TextEncoder().encode(words).length;
  if (bytes === 0 || bytes > WORDS_BYTES_MAX) return null;
  const file = described === undefined ? null : parse_reply_file(described);
  if (described !== undefined && file === null) return null;
  return { ...place_and_day, kind: "message", words, file };
}
