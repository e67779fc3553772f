// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading JSON that came from outside, as strictly as protocol/json.h: no name twice, bounded depth, whole numbers written plainly.
// Then field by field. Anything unexpected throws Malformed, which names the field.

import { bytes_of_text } from "./bytes";

export class Malformed extends Error {
  constructor(readonly field: string) {
    super("malformed: " + field);
  }
}

export type Fields = Readonly<Record<string, unknown>>;

const DEPTH_MAX = 16;
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}:,]|[^\s"[\]{}:,]+/g;
const BRACKETS = new Set("{}[]:,");

/** JSON.parse() keeps the last of two equal names, so that two readers could see two documents; it only checks the grammar here. */
export function parse_json(text: string): unknown {
  try {
    JSON.parse(text);
  } catch {
    throw new Malformed("JSON");
  }
  const tokens = (text.match(TOKEN) ?? []).values();
  const next = (): string => tokens.next().value ?? "";
  const read = (token: string, depth: number): unknown => {
    if (!BRACKETS.has(token)) return scalar(token);
    if (depth === 0) throw new Malformed("JSON");
    return token === "[" ? read_list(depth - 1) : read_object(depth - 1);
  };
  const read_list = (depth: number): unknown[] => {
    const list: unknown[] = [];
    for (let token = next(); token !== "]"; token = next()) {
      if (token !== ",") list.push(read(token, depth));
    }
    return list;
  };
  const read_object = (depth: number): Fields => {
    const fields = Object.create(null) as Record<string, unknown>; // so that __proto__ is a name like any other
    for (let token = next(); token !== "}"; token = next()) {
      if (token === ",") continue;
      const name = scalar(token) as string;
      if (name in fields) throw new Malformed("JSON");
      next(); // the colon
      fields[name] = read(next(), depth);
    }
    return fields;
  };
  return read(next(), DEPTH_MAX);
}

/** A number that is not written as a plain whole one is none that any field takes; half a character (a lone surrogate) is no text. */
function scalar(token: string): unknown {
  if (/^[-0-9]/.test(token)) return /^[0-9]+$/.test(token) ? Number(token) : Number.NaN;
  const value = JSON.parse(token) as unknown;
  if (typeof value === "string" && /\p{Surrogate}/u.test(value)) throw new Malformed("JSON");
  return value;
}

export function as_object(value: unknown, field: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Malformed(field);
  return value as Fields;
}

export function as_list(value: unknown, field: string, items_max: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length > items_max) throw new Malformed(field);
  return value as readonly unknown[];
}

export function as_text(value: unknown, field: string, bytes_max: number): string {
  if (typeof value !== "string" || bytes_of_text(value).length > bytes_max) throw new Malformed(field);
  return value;
}

/** One line of text: not empty, no control character. */
export function as_line(value: unknown, field: string, bytes_max: number): string {
  const text = as_text(value, field, bytes_max);
  if (text === "" || /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text)) throw new Malformed(field);
  return text;
}

/** The same; empty where the field is missing or empty. */
export function as_line_or_empty(value: unknown, field: string, bytes_max: number): string {
  return value === undefined || value === "" ? "" : as_line(value, field, bytes_max);
}

/** Of a caseworker or a desk. */
export function as_id(value: unknown, field: string): string {
  return matching(/^[a-z0-9-]{1,32}$/, value, field);
}

/** Of the form and what is in it. */
export function as_form_id(value: unknown, field: string): string {
  return matching(/^[a-z0-9_-]{1,40}$/, value, field);
}

function matching(pattern: RegExp, value: unknown, field: string): string {
  if (typeof value !== "string" || !pattern.test(value)) throw new Malformed(field);
  return value;
}

export function as_count(value: unknown, field: string, at_least: number, at_most = Number.MAX_SAFE_INTEGER): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < at_least || value > at_most) throw new Malformed(field);
  return value;
}

export function as_flag(value: unknown, field: string): boolean {
  if (typeof value !== "boolean") throw new Malformed(field);
  return value;
}

export function refuse_repeats(ids: readonly string[], field: string): void {
  if (new Set(ids).size !== ids.length) throw new Malformed(field);
}
