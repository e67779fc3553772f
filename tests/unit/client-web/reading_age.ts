// SPDX-License-Identifier: AGPL-3.0-or-later
// How hard English text is to read: the Flesch-Kincaid grade, 0.39 × words a sentence + 11.8 × syllables a word − 15.59.
// An e inside a compound ("sometimes") is counted: rather too hard than too easy.
// Sentences end at . ! ? : ; or at the end of a piece. Syllables are groups of vowels, without a silent e, es or ed at the end; at least
// one. Pieces of less than four words are labels and not counted: they would make any page look easy.

const LABEL_WORDS_MAX = 3;

export function syllables(word: string): number {
  const letters = word.toLowerCase().replace(/[^a-z]/g, "");
  const spoken = letters.replace(/(?<=[^aeiouy])e$/, (_e, at: number) => (/[^aeiouy]l$/.test(letters.slice(0, at)) ? "e" : "")) // "table" keeps its e
    .replace(/(?<=[^aeioutdy])ed$/, "").replace(/(?<=[^aeiouyscxzgh])es$/, "");
  return Math.max(1, spoken.match(/[aeiouy]+/g)?.length ?? 0);
}

function words_of(text: string): readonly string[] {
  return text.split(/[\s–—/]+/).filter((word) => /[A-Za-z]/.test(word));
}

export function grade(pieces: readonly string[]): number {
  const counted = pieces.filter((piece) => words_of(piece).length > LABEL_WORDS_MAX);
  const sentences = counted.flatMap((piece) => piece.split(/[.!?:;]+(?=\s|$)/)).filter((sentence) => words_of(sentence).length > 0);
  const words = sentences.flatMap(words_of);
  if (words.length === 0) return 0;
  const spoken = words.reduce((sum, word) => sum + syllables(word), 0);
  return (0.39 * words.length) / sentences.length + (11.8 * spoken) / words.length - 15.59;
}

/** Every text in it; functions are called with something harmless for each thing that they want. */
export function pieces_of(words: unknown): readonly string[] {
  if (typeof words === "string") return [words];
  if (typeof words === "function") return pieces_of(said_by(words as (...given: unknown[]) => unknown));
  if (typeof words === "object" && words !== null) return Object.values(words).flatMap(pieces_of);
  return [];
}

function said_by(say: (...given: unknown[]) => unknown): unknown {
  for (const thing of [3, "2026-11-25"]) {
    try {
      return say(...Array.from({ length: say.length }, () => thing));
    } catch {
      continue; // it wants a day, not a number
    }
  }
  throw new Error("a word that cannot be said: " + say.toString());
}
