// SPDX-License-Identifier: AGPL-3.0-or-later
// Names, and when somebody was born (docs/spec/identifiers.md).

import { PLACEHOLDERS, TITLES } from "./identifier_tables";
import { folded, parts, Refused, to_lower } from "./identifier_text";

const LETTERS_MIN = 2;
const LETTERS_MAX = 100;
const BIRTH_YEAR_MIN = 1920;
const BIRTH_YEAR_MAX = 2019;

function words_without_titles(text: string): readonly string[] {
  const words = parts(text, " ");
  while (words.length > 1 && TITLES.has(to_lower((words[0] ?? "").replaceAll(".", "")))) words.shift();
  return words;
}

function fold_name(words: readonly string[]): string {
  const letters = Array.from(words.join("").replace(/['.-]/g, ""), (letter) => {
    const plain = folded(letter);
    if (plain === null) throw new Refused(letter.charCodeAt(0) < 0x80 ? "not-a-name" : "other-script");
    return plain;
  });
  const name = letters.join("");
  if (name.length < LETTERS_MIN) throw new Refused("name-too-short");
  if (name.length > LETTERS_MAX) throw new Refused("too-long");
  if (PLACEHOLDERS.has(name)) throw new Refused("placeholder");
  return name;
}

export function surname(text: string): string {
  return fold_name(words_without_titles(text));
}

export function given_name(text: string): string {
  const words = words_without_titles(text);
  if (words.length > 1) throw new Refused("first-name-only");
  return fold_name(words);
}

function is_birth_year(year: number): boolean {
  return year >= BIRTH_YEAR_MIN && year <= BIRTH_YEAR_MAX;
}

function days_in(month: number, year: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

export function birth_day(text: string): string {
  const [, y1, m1, d1, d2, m2, y2] = /^(?:([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})|([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}))$/.exec(text) ?? [];
  const [day, month, year] = [Number(d1 ?? d2), Number(m1 ?? m2), Number(y1 ?? y2)];
  if (!is_birth_year(year) || month < 1 || month > 12 || day < 1 || day > days_in(month, year)) throw new Refused("not-a-birth-day");
  return year.toString() + "-" + month.toString().padStart(2, "0") + "-" + day.toString().padStart(2, "0");
}

export function birth_year(text: string): string {
  if (!/^[0-9]{4}$/.test(text) || !is_birth_year(Number(text))) throw new Refused("not-a-birth-year");
  return text;
}
