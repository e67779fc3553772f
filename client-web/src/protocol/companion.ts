// SPDX-License-Identifier: AGPL-3.0-or-later
// The companion of a report (docs/spec/matching.md "Companion"): by its slots reports that name the same person find each other. It goes with
// every report and has one form, whatever its author holds back, and whomever she names.

import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { bytes_of_text, concat, encode_base64, encode_hex, equal, random_bytes, wipe, type Bytes } from "./bytes";
import { CONTACT_TEXT_BYTES, is_contact } from "./contact";
import { derive } from "./derive";
import { LABEL_COMPANION, LABEL_MATCH_BODY, LABEL_MATCH_CONTACT, LABEL_MATCH_WRAP } from "./labels";
import { AUTHOR_KEY_NAME } from "./manifest";
import { match_part, THRESHOLDS, type Threshold } from "./match_share";
import { sign_note } from "./note";
import { in_random_order } from "./random";

const OUTPUT_BYTES = 64;
const EXCLUDED_MAX = 64;
const BODY_BYTES = 48;
const CONTACT_BYTES = 1040;
export const COMPANION_SLOTS = 8;

/** What opens with a match. */
export interface Holding {
  readonly threshold: Threshold;
  readonly identity_seed: Bytes; // of the identity to which the report is sealed
  readonly contact_first: { readonly release: Bytes; readonly text: string } | null;
}

export interface CompanionPlan {
  readonly report_id: string; // hex
  readonly authorship_key: Bytes;
  readonly roster_hash: string; // hex
  readonly evaluation_key: string; // hex
  readonly excluded: readonly string[];
  readonly outputs: readonly Uint8Array[]; // eight, also of the random inputs that fill the batch
  readonly holding: Holding | null;
}

/** What is drawn for one companion and never again; a test says what was drawn. */
export interface CompanionDraw {
  readonly salt: Bytes;
  readonly secret: Bytes;
  readonly order: readonly number[]; // which output stands in which slot
  readonly body: Bytes;
  readonly contact: Bytes;
}

function draw_companion(): CompanionDraw {
  const order = in_random_order(Array.from({ length: COMPANION_SLOTS }, (_, i) => i));
  return { salt: random_bytes(32), secret: random_bytes(32), order, body: random_bytes(BODY_BYTES), contact: random_bytes(CONTACT_BYTES) };
}

/** With a key that seals this and nothing else. */
function seal_once(key: Bytes, plain: Uint8Array): Uint8Array {
  const sealed = chacha20poly1305(key, new Uint8Array(12)).encrypt(plain);
  wipe(key);
  return sealed;
}

function slot_of(plan: CompanionPlan, draw: CompanionDraw, output: Uint8Array): Bytes {
  const wanted = plan.holding?.threshold ?? 2;
  const info = LABEL_MATCH_WRAP + plan.report_id + "/" + encode_hex(plan.authorship_key) + "/" + encode_hex(draw.salt);
  const parts = THRESHOLDS.map((threshold) => match_part(threshold, output, plan.authorship_key));
  const wraps = parts.flatMap(({ root }, i) => (THRESHOLDS[i] === wanted ? [seal_once(derive(root, info), draw.secret)] : []));
  wipe(...parts.map(({ root }) => root));
  return concat(...parts.map(({ sent }) => sent), ...wraps);
}

function body_of({ holding }: CompanionPlan, draw: CompanionDraw): Uint8Array {
  if (holding === null) return draw.body;
  const opening = concat(draw.secret, holding.contact_first?.release ?? new Uint8Array(0));
  const key = derive(opening, LABEL_MATCH_BODY);
  wipe(opening);
  return seal_once(key, holding.identity_seed);
}

function contact_of({ holding }: CompanionPlan, draw: CompanionDraw): Uint8Array {
  if (!holding?.contact_first) return draw.contact;
  const { text } = holding.contact_first;
  if (!is_contact(text)) throw new RangeError("contact");
  const filled = new Uint8Array(CONTACT_TEXT_BYTES);
  filled.set(bytes_of_text(text));
  return seal_once(derive(draw.secret, LABEL_MATCH_CONTACT), filled);
}

export function encode_companion_text(plan: CompanionPlan, draw: CompanionDraw): string {
  const { outputs } = plan;
  if (outputs.length !== COMPANION_SLOTS || outputs.some((output) => output.length !== OUTPUT_BYTES)) throw new RangeError("outputs");
  if (outputs.some((output, i) => outputs.slice(0, i).some((other) => equal(output, other)))) throw new RangeError("an output twice");
  const excluded = [...new Set(plan.excluded)].sort();
  if (excluded.length > EXCLUDED_MAX) throw new RangeError("excluded");
  const lines = [
    LABEL_COMPANION,
    "report " + plan.report_id,
    "author " + encode_base64(plan.authorship_key),
    "roster " + plan.roster_hash,
    "key " + plan.evaluation_key,
    "salt " + encode_base64(draw.salt),
    ...excluded.map((id) => "exclude " + id),
    ...draw.order.map((place) => "slot " + encode_base64(slot_of(plan, draw, outputs[place] ?? new Uint8Array(0)))),
    "body " + encode_base64(body_of(plan, draw)),
    "contact " + encode_base64(contact_of(plan, draw)),
  ];
  return lines.join("\n") + "\n";
}

/** The signed note, drawn anew at each call. */
export function make_companion(plan: CompanionPlan, authorship_seed: Uint8Array): string {
  const draw = draw_companion();
  const note = sign_note(encode_companion_text(plan, draw), AUTHOR_KEY_NAME, authorship_seed);
  wipe(draw.secret);
  return note;
}
