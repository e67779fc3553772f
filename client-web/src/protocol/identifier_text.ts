// SPDX-License-Identifier: AGPL-3.0-or-later
// What the fields of an identifier have in common (docs/spec/identifiers.md "Every field first"), by lists of our own, so that no
// browser's version of Unicode changes a result.

import LETTERS from "../../../protocol/identifiers/letters.json";

export type IdentifierFault =
  | "unreadable" | "too-long" | "missing" | "placeholder"
  | "unknown-force" | "not-a-number" | "letters-missing" | "not-a-warrant-number"
  | "not-a-name" | "other-script" | "name-too-short" | "first-name-only" | "not-a-birth-day" | "not-a-birth-year"
  | "not-a-phone" | "phone-without-country" | "shared-phone" | "not-an-email" | "shared-email"
  | "unknown-platform" | "platform-by-phone" | "other-site" | "not-an-account" | "not-a-handle"
  | "not-a-mark";

/** A field that has no normal form; identifier.ts catches it. */
export class Refused extends Error {
  constructor(readonly fault: IdentifierFault) {
    super(fault);
  }
}

const CHARACTERS_MAX = 200;
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
const WHITE_SPACE = /[\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const UNSEEN = /[\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/;
const HYPHEN = /[\u2010-\u2015\u2212\ufe58\ufe63]/;
const APOSTROPHE = /[\u0060\u00b4\u02b9\u02bb\u02bc\u2018\u2019\u201b\u2032]/;
const COMBINING = /[\u0300-\u036f]/;

function half_width(character: string): string {
  const code = character.charCodeAt(0);
  return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xff01 + 0x21) : character;
}

export function plain_text(typed: string): string {
  if (/\p{Surrogate}/u.test(typed)) throw new Refused("unreadable");
  const characters = Array.from(typed, half_width);
  if (characters.some((c) => CONTROL.test(c) && !WHITE_SPACE.test(c))) throw new Refused("unreadable");
  if (characters.length > CHARACTERS_MAX) throw new Refused("too-long");
  const text = characters
    .filter((c) => !UNSEEN.test(c))
    .map((c) => (WHITE_SPACE.test(c) ? " " : HYPHEN.test(c) ? "-" : APOSTROPHE.test(c) ? "'" : c))
    .join("")
    .replace(/ +/g, " ")
    .replace(/^ | $/g, "");
  if (text === "") throw new Refused("missing");
  return text;
}

const PLAIN_LETTERS: ReadonlyMap<string, string> = new Map(Object.entries(LETTERS).flatMap(([plain, letters]) => Array.from(letters, (letter) => [letter, plain] as const)));

/** The letters a-z that stand for one, or null where it is none that is known; empty for a combining mark. */
export function folded(letter: string): string | null {
  if (COMBINING.test(letter)) return "";
  if (/^[A-Za-z]$/.test(letter)) return to_lower(letter);
  return PLAIN_LETTERS.get(letter) ?? null;
}

/** ASCII alone: a browser's toLowerCase() knows letters that are not ours. */
export function to_lower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 32));
}

export function to_upper(text: string): string {
  return text.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 32));
}

/** ASCII, in lower case; nothing else. */
export function letters_and_digits(text: string): string {
  return to_lower(text).replace(/[^a-z0-9]/g, "");
}

/** Empty parts are left out. */
export function parts(text: string, separator: string): string[] {
  return text.split(separator).filter((part) => part !== "");
}
