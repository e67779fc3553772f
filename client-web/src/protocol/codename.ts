// SPDX-License-Identifier: AGPL-3.0-or-later
// The codename, eight words, and everything that follows from it (docs/spec/keys.md).
// The word list is a page asset; any eight of its words are a codename.

import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytes_of_text, concat, encode_hex, random_bytes, wipe, type Bytes } from "./bytes";
import { derive } from "./derive";
import * as label from "./labels";
import { recipient_of_seed } from "./recipient";

export interface ReporterKeys {
  readonly reply_seed: Bytes;
  readonly reply_recipient: string;
  readonly mailbox_root: Bytes;
  readonly diary_root: Bytes;
  readonly authorship_seed: Bytes;
  readonly authorship_key: Bytes;
  readonly seed: Bytes;
}

/** codename: in its one spelling, see normalise_codename(). */
export function derive_reporter_keys(codename: string): ReporterKeys {
  const seed = derive(bytes_of_text(codename), label.LABEL_CODENAME);
  const reply_seed = derive(seed, label.LABEL_REPLY_IDENTITY);
  const authorship_seed = derive(seed, label.LABEL_AUTHORSHIP);
  return {
    seed,
    reply_seed,
    reply_recipient: recipient_of_seed(reply_seed),
    mailbox_root: derive(seed, label.LABEL_MAILBOX_ROOT),
    diary_root: derive(seed, label.LABEL_DIARY_ROOT),
    authorship_seed,
    authorship_key: ed25519.getPublicKey(authorship_seed) as Bytes,
  };
}

export function derive_report_secret(seed: Bytes, number: number): Bytes {
  return derive(seed, label.LABEL_REPORT_SECRET + number.toString());
}

/** Handed over when a report may open that was held until she is asked (docs/spec/matching.md). */
export function derive_match_release(seed: Bytes, number: number): Bytes {
  return derive(seed, label.LABEL_MATCH_RELEASE + number.toString());
}

export function report_id(report_secret: Bytes): Bytes {
  return sha256(concat(bytes_of_text(label.LABEL_REPORT_ID), report_secret)) as Bytes;
}

/** Numbers of first reports and of diary entries for a desk: a withdrawal asks for all of them, and all are released. Where they are taken, one far
 *  beyond is drawn. */
export const FIRST_NUMBERS = 8;

export interface Release {
  readonly report: string; // id, hex
  readonly release: Bytes;
}

/** For all ids that a first report of hers may have: she does not know which of them was stored. */
export function first_releases(seed: Bytes): Release[] {
  return Array.from({ length: FIRST_NUMBERS }, (_, number) => {
    const secret = derive_report_secret(seed, number);
    const report = encode_hex(report_id(secret));
    wipe(secret);
    return { report, release: derive_match_release(seed, number) };
  });
}

/** What a follow-up names: report id 0, in hex, whichever of her first attempts was stored. */
export function thread_of(seed: Bytes): string {
  const secret = derive_report_secret(seed, 0);
  const id = encode_hex(report_id(secret));
  wipe(secret);
  return id;
}

const FOLLOW_UP_NUMBERS_FROM = 2 ** 16;

/** Drawn from 2^16 to 2^48 - 1: no number has to be asked for, and none is likely to come twice. */
export function draw_follow_up_number(): number {
  for (;;) {
    const number = random_bytes(6).reduce((sum, byte) => sum * 256 + byte, 0);
    if (number >= FOLLOW_UP_NUMBERS_FROM) return number;
  }
}

export function wipe_reporter_keys(keys: ReporterKeys): void {
  wipe(keys.seed, keys.reply_seed, keys.mailbox_root, keys.diary_root, keys.authorship_seed);
}
