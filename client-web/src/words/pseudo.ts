// SPDX-License-Identifier: AGPL-3.0-or-later
// A language that nobody speaks, for tests of the layout alone: English with accents, 40 % longer, written from right to left.
// Only a build for tests holds it (build.mjs --pseudo).

const ACCENTED: Readonly<Record<string, string>> = { a: "á", e: "é", i: "ï", o: "ö", u: "ü", y: "ÿ", c: "ç", n: "ñ", A: "Å", E: "É", O: "Ø", S: "Š" };
const LONGER = 0.4;
const RIGHT_TO_LEFT = "\u202e";
const END = "\u202c";

export function pseudo_text(text: string): string {
  const accented = Array.from(text, (character) => ACCENTED[character] ?? character).join("");
  const more = "ŵ".repeat(Math.ceil(text.length * LONGER)).replace(/(.{7})/g, "$1 ").trimEnd();
  return RIGHT_TO_LEFT + accented + " " + more + END;
}

/** Every text in it, also what its functions give. */
export function pseudo_words<T>(words: T): T {
  const change = (value: unknown): unknown => {
    if (typeof value === "string") return pseudo_text(value);
    if (typeof value === "function") return (...given: unknown[]) => change((value as (...all: unknown[]) => unknown)(...given));
    if (Array.isArray(value)) return value.map(change);
    if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, change(inner)]));
    return value;
  };
  return change(words) as T;
}
