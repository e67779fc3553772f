// SPDX-License-Identifier: AGPL-3.0-or-later
// Force, collar number, warrant number, registration mark (docs/spec/identifiers.md).

import { force_named, force_of_id, NUMBER_WORDS, RANKS, type Force } from "./identifier_tables";
import { Refused, to_upper } from "./identifier_text";

const DIGITS_MAX = 8;
const LETTERS_MAX = 3;
const WARRANT_DIGITS_MIN = 5;

export function force(text: string): string {
  const found = force_named(text);
  if (found === undefined) throw new Refused("unknown-force");
  return found.id;
}

interface ServiceNumber {
  readonly digits: string; // without leading zeros, not empty
  readonly letters: string;
}

function read_number(text: string, force: Force): ServiceNumber | null {
  const compact = to_upper(text.replace(/[.'/()#:]/g, ""));
  if (!/^[A-Z0-9 -]*$/.test(compact)) return null;
  const runs = compact.match(/[A-Z]+|[0-9]+/g) ?? [];
  const kinds = runs.map((run) => (/[0-9]/.test(run) ? "d" : "l")).join("");
  if (!/^l*d+l*$/.test(kinds)) return null;
  const first = kinds.indexOf("d");
  const end = kinds.lastIndexOf("d") + 1;
  const digits = runs.slice(first, end).join("").replace(/^0+/, "");
  if (digits === "" || digits.length > DIGITS_MAX) return null;

  const before = runs.slice(0, first).filter((run) => !RANKS.has(run) && !NUMBER_WORDS.has(run) && !force.codes.has(run)).join("");
  const after = runs.slice(end).filter((run) => !force.codes.has(run)).join("");
  if (before !== "" && after !== "") return null;
  const letters = before + after;
  return letters.length > LETTERS_MAX ? null : { digits, letters };
}

export function collar_number(text: string, fields: readonly string[]): string {
  const named = force_of_id(fields.at(-1) ?? "");
  const number = read_number(text, named);
  if (number === null) throw new Refused("not-a-number");
  if (named.letters_needed && number.letters === "") throw new Refused("letters-missing");
  return number.digits + number.letters;
}

export function warrant_number(text: string, fields: readonly string[]): string {
  const number = read_number(text, force_of_id(fields.at(-1) ?? ""));
  if (number === null || number.digits.length < WARRANT_DIGITS_MIN) throw new Refused("not-a-warrant-number");
  return number.digits + number.letters;
}

/** What stands before and after a number without a leading zero, of up to so many digits. D: a digit; A: any letter; L: but I; Y: but I and O. */
const MARK_FORMS: readonly (readonly [before: string, number_digits_max: number, after: string])[] = [
  ["LLDDLLL", 0, ""],
  ["Y", 3, "LLL"],
  ["LLL", 3, "Y"],
  ["A", 4, ""],
  ["AA", 4, ""],
  ["AAA", 4, ""],
  ["", 4, "A"],
  ["", 4, "AA"],
  ["", 4, "AAA"],
];

/** As what its place asks for; null where it cannot be that. */
function read_as(place: string | undefined, c: string): string | null {
  if (place === "D") return c === "O" ? "0" : c === "I" ? "1" : /[0-9]/.test(c) ? c : null;
  const letter = c === "0" ? "O" : c === "1" ? "I" : c;
  const is_used = place === "A" || (letter !== "I" && (place === "L" || letter !== "O"));
  return is_used && /[A-Z]/.test(letter) ? letter : null;
}

export function registration_mark(text: string): string {
  const compact = Array.from(to_upper(text.replace(/[ .-]/g, "")));
  if (!compact.some((c) => /[A-Z]/.test(c)) || !compact.some((c) => /[0-9]/.test(c))) throw new Refused("not-a-mark");
  for (const [before, number_digits_max, after] of MARK_FORMS) {
    const digits = compact.length - before.length - after.length;
    if (digits < 0 || digits > number_digits_max || (number_digits_max > 0 && digits === 0)) continue;
    const places = before + "D".repeat(digits) + after;
    const mark = compact.map((c, i) => read_as(places[i], c));
    if (mark.includes(null) || (digits > 0 && mark[before.length] === "0")) continue;
    return mark.join("");
  }
  throw new Refused("not-a-mark");
}
