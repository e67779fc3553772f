// SPDX-License-Identifier: AGPL-3.0-or-later
// The server's receipt (docs/spec/report.md): its signed word that it holds these sealed bytes since that day.

import { is_day, type Day } from "./day";
import { LABEL_RECEIPT } from "./labels";
import { parse_note, parse_verifier, signed_by, SMALL_NOTE_BYTES_MAX } from "./note";

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export interface Receipt {
  readonly report_id: string;
  readonly sha256: string;
  readonly day: Day;
}

/** The receipt, if it is signed by the roster's receipt key and speaks of exactly this report; else null. */
export function check_receipt(note_text: string, receipt_key: string, report_id: string, sha256: string): Receipt | null {
  const note = parse_note(note_text, SMALL_NOTE_BYTES_MAX);
  const verifier = parse_verifier(receipt_key);
  if (note === null || verifier === null || signed_by(note, verifier) !== "good") return null;
  const match = /^(.*)\nreport (.*)\nsha256 (.*)\nday (.*)\n$/.exec(note.text);
  if (match === null || match[1] !== LABEL_RECEIPT || match[2] !== report_id || match[3] !== sha256) return null;
  const day = match[4] ?? "";
  return is_day(day) ? { report_id, sha256, day } : null;
}

/** The first 10 bytes of the hash in Crockford's base32, in four groups of four. */
export function short_code(sha256_hex: string): string {
  const number = BigInt("0x" + sha256_hex.slice(0, 20));
  const letters = Array.from({ length: 16 }, (_, i) => CROCKFORD[Number((number >> BigInt(5 * (15 - i))) & 31n)]);
  return [0, 4, 8, 12].map((at) => letters.slice(at, at + 4).join("")).join("-");
}
