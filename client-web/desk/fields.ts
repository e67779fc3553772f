// SPDX-License-Identifier: AGPL-3.0-or-later
// The fields of what the tool answers, each of its kind; anything else is Malformed, which names the field.

import { is_day, type Day } from "../src/protocol/day";
import { as_count, as_flag, as_list, as_object, as_text, Malformed, type Fields } from "../src/protocol/json";

export const TEXT_BYTES_MAX = 1 << 20;
const ITEMS_MAX = 100_000;

export const text = (fields: Fields, name: string): string => as_text(fields[name], name, TEXT_BYTES_MAX);
export const text_or_null = (fields: Fields, name: string): string | null => (fields[name] === null || fields[name] === undefined ? null : text(fields, name));
export const flag = (fields: Fields, name: string): boolean => as_flag(fields[name], name);
export const count = (fields: Fields, name: string): number => as_count(fields[name], name, 0);

export function day(fields: Fields, name: string): Day {
  const value = fields[name];
  if (typeof value !== "string" || !is_day(value)) throw new Malformed(name);
  return value;
}

export const day_or_null = (fields: Fields, name: string): Day | null => (fields[name] === null || fields[name] === undefined ? null : day(fields, name));

function list<Item>(fields: Fields, name: string, each: (item: unknown) => Item): readonly Item[] {
  return as_list(fields[name] ?? [], name, ITEMS_MAX).map(each);
}

export const texts = (fields: Fields, name: string): readonly string[] => list(fields, name, (item) => as_text(item, name, TEXT_BYTES_MAX));
export const objects = <Item>(fields: Fields, name: string, each: (item: Fields) => Item): readonly Item[] => list(fields, name, (item) => each(as_object(item, name)));
