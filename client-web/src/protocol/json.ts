// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading JSON that came from outside, field by field. Anything unexpected throws Malformed, which names the field.

export class Malformed extends Error {
  constructor(readonly field: string) {
    super("malformed: " + field);
  }
}

export type Fields = Readonly<Record<string, unknown>>;

export function as_object(value: unknown, field: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Malformed(field);
  return value as Fields;
}

export function as_list(value: unknown, field: string, items_max: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length > items_max) throw new Malformed(field);
  return value as readonly unknown[];
}

export function as_text(value: unknown, field: string, characters_max = 20_000): string {
  if (typeof value !== "string" || value.length > characters_max) throw new Malformed(field);
  return value;
}

export function as_text_or_empty(value: unknown, field: string): string {
  return value === undefined || value === null ? "" : as_text(value, field);
}

export function as_id(value: unknown, field: string): string {
  const text = as_text(value, field);
  if (!/^[a-z0-9-]{1,32}$/.test(text)) throw new Malformed(field);
  return text;
}

export function as_count(value: unknown, field: string, at_least: number, at_most: number): number {
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
