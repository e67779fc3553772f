// SPDX-License-Identifier: AGPL-3.0-or-later
// A draft of a report, and its fragments (docs/spec/drops.md). Files are not in it.

import { bytes_of_text, concat, text_of_bytes, type Bytes } from "./bytes";
import { is_day, type Day } from "./day";
import { DROP_PLAIN_BYTES } from "./drop_index";
import type { Answer } from "./form";
import * as json from "./json";
import { LABEL_DRAFT, LABEL_DRAFT_FRAGMENT } from "./labels";

export const FRAGMENTS_MAX = 4;
const FRAGMENT_LINE_BYTES_MAX = 80;
const FRAGMENT_BYTES = DROP_PLAIN_BYTES - FRAGMENT_LINE_BYTES_MAX;
export const DRAFT_BYTES_MAX = FRAGMENTS_MAX * FRAGMENT_BYTES;
const PEOPLE_MAX = 512;
const ANSWERS_MAX = 200;

export interface Draft {
  readonly day: Day;
  readonly form: { readonly id: string; readonly version: number };
  readonly answers: Readonly<Record<string, Answer>>;
  readonly desk: string | null;
  readonly excluded: readonly string[];
}

export interface Fragment {
  readonly generation: number;
  readonly count: number;
  readonly index: number;
  readonly save: string;
  readonly bytes: Bytes;
}

export function encode_draft({ day, form, answers, desk, excluded }: Draft): Bytes {
  return bytes_of_text(JSON.stringify({ format: LABEL_DRAFT, day, form, answers, desk, excluded }, (_name, value: unknown) =>
    typeof value === "string" ? value.replace(/\p{Surrogate}/gu, "\uFFFD") : value)); // half a character could not be read again
}

/** Null: not a draft. */
export function parse_draft(content: Bytes): Draft | null {
  try {
    const fields = json.as_object(json.parse_json(text_of_bytes(content)), "draft");
    const day = fields["day"];
    if (fields["format"] !== LABEL_DRAFT || typeof day !== "string" || !is_day(day)) return null;
    const form = json.as_object(fields["form"], "form");
    const answers = Object.entries(json.as_object(fields["answers"], "answers"));
    if (answers.length > ANSWERS_MAX) return null;
    return {
      day,
      form: { id: json.as_form_id(form["id"], "form.id"), version: json.as_count(form["version"], "form.version", 0) },
      answers: Object.fromEntries(answers.map(([id, answer]) => [json.as_form_id(id, "answers"), as_answer(answer)])),
      desk: fields["desk"] === null ? null : json.as_id(fields["desk"], "desk"),
      excluded: json.as_list(fields["excluded"], "excluded", PEOPLE_MAX).map((id) => json.as_id(id, "excluded")),
    };
  } catch (error) {
    if (error instanceof json.Malformed || error instanceof TypeError) return null; // TypeError: not UTF-8
    throw error;
  }
}

function as_answer(value: unknown): Answer {
  if (Array.isArray(value)) return json.as_list(value, "answers", ANSWERS_MAX).map((id) => json.as_form_id(id, "answers"));
  return json.as_text(value, "answers", DRAFT_BYTES_MAX);
}

/** content: at most DRAFT_BYTES_MAX. */
export function split_draft(content: Bytes, generation: number, save: string): Fragment[] {
  const count = Math.ceil(content.length / FRAGMENT_BYTES);
  if (count < 1 || count > FRAGMENTS_MAX) throw new RangeError("draft bytes");
  return Array.from({ length: count }, (_, index) => ({ generation, count, index, save, bytes: content.slice(index * FRAGMENT_BYTES, (index + 1) * FRAGMENT_BYTES) }));
}

export function encode_fragment({ generation, count, index, save, bytes }: Fragment): Bytes {
  return concat(bytes_of_text([LABEL_DRAFT_FRAGMENT, generation, count, index, save].join(" ") + "\n"), bytes);
}

/** Null: not a fragment. */
export function parse_fragment(content: Bytes): Fragment | null {
  const end = content.indexOf(0x0a);
  if (end < 0 || end >= FRAGMENT_LINE_BYTES_MAX) return null;
  const line = String.fromCharCode(...content.subarray(0, end));
  const match = /^(\S+) (0|[1-9][0-9]{0,14}) ([1-4]) ([0-3]) ([0-9a-f]{16})$/.exec(line);
  if (match === null || match[1] !== LABEL_DRAFT_FRAGMENT) return null;
  const [generation = 0, count = 0, index = 0] = match.slice(2, 5).map(Number);
  if (index >= count) return null;
  return { generation, count, index, save: match[5] ?? "", bytes: content.slice(end + 1) };
}

export interface WholeDraft {
  readonly generation: number;
  readonly save: string;
  readonly content: Bytes;
}

/** The draft of one half's four places, or null: nothing there, or not whole. */
export function join_fragments(places: readonly (Fragment | null)[]): WholeDraft | null {
  const first = places[0] ?? null;
  if (first === null) return null;
  const fragments = places.slice(0, first.count);
  const whole = fragments.every((fragment, i) => fragment !== null && fragment.index === i && fragment.save === first.save && fragment.count === first.count && fragment.generation === first.generation);
  return whole ? { generation: first.generation, save: first.save, content: concat(...fragments.map((fragment) => fragment?.bytes ?? new Uint8Array(0))) } : null;
}
