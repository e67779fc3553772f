// SPDX-License-Identifier: AGPL-3.0-or-later
// The word list that codenames are drawn from, and the one spelling of a codename (docs/spec/keys.md).

export const WORDS_IN_LIST = 7776;
export const WORDS_IN_CODENAME = 8;

export class WordList {
  private readonly known: ReadonlySet<string>;

  private constructor(private readonly words: readonly string[]) {
    this.known = new Set(words);
  }

  static parse(text: string): WordList | null {
    const words = text.trimEnd().split("\n");
    const list = new WordList(words);
    const plain = words.every((word) => /^[a-z-]+$/.test(word));
    return plain && list.known.size === WORDS_IN_LIST && words.length === WORDS_IN_LIST ? list : null;
  }

  has(word: string): boolean {
    return this.known.has(word);
  }

  /** Independent and uniform: draws that would favour early words are thrown away. */
  make_codename(): string {
    const words: string[] = [];
    const limit = 65536 - (65536 % WORDS_IN_LIST);
    const draw = new Uint16Array(1);
    while (words.length < WORDS_IN_CODENAME) {
      const [value = 0] = crypto.getRandomValues(draw);
      const word = value < limit ? this.words[value % WORDS_IN_LIST] : undefined;
      if (word !== undefined) words.push(word);
    }
    return words.join(" ");
  }
}

export function normalise_codename(typed: string): string {
  return typed.toLowerCase().trim().split(/\s+/).join(" ");
}
